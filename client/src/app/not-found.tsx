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
          Browse tickets
        </NavLink>
      }
    >
      This page doesn’t exist, or you don’t have access to it.
    </Notice>
  </Page>
);

export default NotFound;
