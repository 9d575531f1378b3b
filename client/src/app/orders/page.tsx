import type { Metadata } from 'next';
import { LiveOrders } from '@/features/order/live-orders';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';
import { ServiceTrouble } from '@/shared/ui/service-trouble';
import { serverApi } from '@/shared/api/server';
import { load } from '@/shared/server/load';
import { requireUser } from '@/features/account/session';

export const metadata: Metadata = { title: 'My orders' };

const OrdersPage = async () => {
  const user = await load(requireUser('/orders'));
  const orders = user && (await load((await serverApi()).orders()));
  if (!orders) return <ServiceTrouble what="your orders" />;
  if (orders.length === 0)
    return (
      <div className="container page">
        <Notice
          title="No orders yet"
          mark="☆"
          actions={
            <NavLink className="btn btn-primary btn-lg" href="/">
              Find something to go to
            </NavLink>
          }
        >
          <p>Tickets that you buy, or hold while you pay, are listed here.</p>
        </Notice>
      </div>
    );
  return (
    <div className="container page">
      <h1 className="page-title">My orders</h1>
      <LiveOrders orders={orders} />
    </div>
  );
};

export default OrdersPage;
