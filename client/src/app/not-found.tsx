import type { Metadata } from 'next';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';
import { Page } from '@/shared/ui/page';

export const metadata: Metadata = { title: 'Not found' };

const NotFound = () => (
  <Page>
    <Notice
      title="No seat with that number"
      mark="404"
      action={
        <NavLink className="btn btn-primary btn-lg" href="/">
          See tickets on sale
        </NavLink>
      }
    >
      We looked in every row. The page you wanted isn’t here, or isn’t yours to see.
    </Notice>
  </Page>
);

export default NotFound;
