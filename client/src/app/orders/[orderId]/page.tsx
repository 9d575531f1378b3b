import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LiveOrder } from '@/features/order/live-order';
import { ServiceTrouble } from '@/shared/ui/service-trouble';
import { ApiError } from '@/shared/api/errors';
import { serverApi } from '@/shared/api/server';
import { getConfig } from '@/shared/server/config';
import { paymentsOf } from '@/features/order/order-state';
import { load } from '@/shared/server/load';
import { requireUser } from '@/features/account/session';

export const metadata: Metadata = { title: 'Order' };

const loadOrder = async (orderId: string) => {
  try {
    return await load((await serverApi()).order(orderId));
  } catch (error) {
    // Somebody else's order: whether it exists is not this visitor's business.
    if (error instanceof ApiError && error.status === 401) notFound();
    throw error;
  }
};

const OrderPage = async ({ params }: { params: Promise<{ orderId: string }> }) => {
  const { orderId } = await params;
  const user = await load(requireUser(`/orders/${encodeURIComponent(orderId)}`));
  const order = user && (await loadOrder(orderId));
  if (!order) return <ServiceTrouble what="your order" />;
  const payments = await paymentsOf((await serverApi()).payments(orderId));
  return (
    <div className="container page">
      <LiveOrder
        key={order.id}
        state={{ order, payments }}
        renderedAt={Date.now()}
        publishableKey={getConfig().stripePublishableKey}
      />
    </div>
  );
};

export default OrderPage;
