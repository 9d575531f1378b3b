import type { Metadata } from 'next';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';

export const metadata: Metadata = { title: 'Not found' };

const NotFound = () => (
  <div className="container page">
    <Notice
      title="No seat with that number"
      mark="404"
      actions={
        <NavLink className="btn btn-primary btn-lg" href="/">
          See tickets on sale
        </NavLink>
      }
    >
      <p>We looked in every row. The page you wanted isn’t here, or isn’t yours to see.</p>
    </Notice>
  </div>
);

export default NotFound;
