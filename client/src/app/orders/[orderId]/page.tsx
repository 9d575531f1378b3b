import type { Metadata } from 'next';
import { requireUser } from '@/features/account/session';
import { loadOrder } from '@/features/order/load-order';
import { OrderPage } from '@/features/order/order-page';
import { paymentsOf } from '@/features/order/order-state';
import { serverApi } from '@/shared/api/server';
import { load } from '@/shared/server/load';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'Order' };

const Page = async ({ params }: { params: Promise<{ orderId: string }> }) => {
  const { orderId } = await params;
  const user = await load(requireUser(`/orders/${encodeURIComponent(orderId)}`));
  const order = user && (await loadOrder(orderId));
  if (!order) return <Unavailable what="your order" />;
  const payments = await paymentsOf((await serverApi()).payments(orderId));
  return <OrderPage state={{ order, payments }} />;
};

export default Page;
