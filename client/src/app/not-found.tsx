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
        <div className="d-flex flex-wrap justify-content-center gap-3">
          <NavLink className="btn btn-primary btn-lg" href="/">
            Browse tickets
          </NavLink>
          <NavLink className="btn btn-outline-primary btn-lg" href="/orders">
            My orders
          </NavLink>
        </div>
      }
    >
      This page doesn’t exist, or it belongs to another account. Check the address, or see the{' '}
      <NavLink href="/help">help page</NavLink>.
    </Notice>
  </Page>
);

export default NotFound;
