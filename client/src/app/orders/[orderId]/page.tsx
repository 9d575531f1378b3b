import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireUser } from '@/features/account/session';
import { cancelOrder, payOrder } from '@/features/order/actions';
import { LiveOrder } from '@/features/order/live-order';
import { paymentsOf } from '@/features/order/order-state';
import { statusOf } from '@/shared/api/errors';
import { serverApi } from '@/shared/api/server';
import { getConfig } from '@/shared/server/config';
import { load } from '@/shared/server/load';
import { Page } from '@/shared/ui/page';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'Order' };

const loadOrder = async (orderId: string) => {
  try {
    return await load((await serverApi()).order(orderId));
  } catch (error) {
    // Another user's order: whether it exists is not this visitor's business.
    if (statusOf(error) === 401) notFound();
    throw error;
  }
};

const OrderPage = async ({ params }: { params: Promise<{ orderId: string }> }) => {
  const { orderId } = await params;
  const user = await load(requireUser(`/orders/${encodeURIComponent(orderId)}`));
  const order = user && (await loadOrder(orderId));
  if (!order) return <Unavailable what="your order" />;
  const payments = await paymentsOf((await serverApi()).payments(orderId));
  return (
    <Page>
      <LiveOrder
        key={order.id}
        state={{ order, payments }}
        renderedAt={Date.now()}
        publishableKey={getConfig().stripePublishableKey}
        pay={payOrder}
        cancel={cancelOrder}
      />
    </Page>
  );
};

export default OrderPage;
