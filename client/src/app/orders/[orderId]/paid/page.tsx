import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { requireUser } from '@/features/account/session';
import { loadOrder } from '@/features/order/load-order';
import { OrderPage } from '@/features/order/order-page';
import { refreshOpen, returnPath } from '@/features/order/payment/pay-by-intent';
import { untilComplete } from '@/features/order/until-complete';
import { serverApi } from '@/shared/api/server';
import { load } from '@/shared/server/load';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'Order' };

/**
 * Where the buyer comes back to from their bank. Stripe is asked for the outcome, whether or not its event has arrived;
 * what the address says of it is not looked at. Then the order's own page shows it, and can be loaded again.
 */
const PaidPage = async ({ params }: { params: Promise<{ orderId: string }> }) => {
  const { orderId } = await params;
  const user = await load(requireUser(returnPath(orderId)));
  const order = user && (await loadOrder(orderId));
  if (!order) return <Unavailable what="your order" />;
  const api = await serverApi();
  const known = await load(api.payments(orderId));
  const { payments, isConfirmed } = await refreshOpen(api, known ?? []);
  if (!known || !isConfirmed) return <OrderPage state={{ order, payments, isUnconfirmed: true }} />;
  if (payments.some(({ status }) => status === 'succeeded')) await load(untilComplete(api, orderId));
  redirect(`/orders/${encodeURIComponent(orderId)}`);
};

export default PaidPage;
