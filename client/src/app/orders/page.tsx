import type { Metadata } from 'next';
import { LiveOrders } from '@/components/live-orders';
import { NavLink } from '@/components/nav-link';
import { Notice } from '@/components/notice';
import { ServiceTrouble } from '@/components/service-trouble';
import { serverApi } from '@/lib/api/server';
import { load } from '@/lib/load';
import { requireUser } from '@/lib/session';

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
