import type { Metadata } from 'next';
import { requireUser } from '@/features/account/session';
import { MyOrders } from '@/features/order/my-orders';
import { fetchOrderStates } from '@/features/order/order-state';
import { serverApi } from '@/shared/api/server';
import { load } from '@/shared/server/load';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';
import { Page } from '@/shared/ui/page';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'My orders' };

const OrdersPage = async () => {
  const user = await load(requireUser('/orders'));
  const orders = user && (await load(fetchOrderStates(await serverApi(), [])));
  if (!orders) return <Unavailable what="your orders" />;
  if (orders.length === 0)
    return (
      <Page>
        <Notice
          title="No orders yet"
          mark="☆"
          action={
            <NavLink className="btn btn-primary btn-lg" href="/">
              Browse tickets
            </NavLink>
          }
        >
          Tickets you reserve or buy appear here.
        </Notice>
      </Page>
    );
  return (
    <Page title="My orders">
      <MyOrders orders={orders} />
    </Page>
  );
};

export default OrdersPage;
