import type { Metadata } from 'next';
import { requireUser } from '@/features/account/session';
import { loadOrder } from '@/features/order/load-order';
import { paymentsOf } from '@/features/order/order-state';
import { paidBy } from '@/features/order/order-view';
import { ReceiptSheet } from '@/features/order/receipt-sheet';
import { serverApi } from '@/shared/api/server';
import { load } from '@/shared/server/load';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';
import { Page } from '@/shared/ui/page';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'Receipt' };

const ReceiptPage = async ({ params }: { params: Promise<{ orderId: string }> }) => {
  const { orderId } = await params;
  const path = `/orders/${encodeURIComponent(orderId)}`;
  const user = await load(requireUser(`${path}/receipt`));
  const order = user && (await loadOrder(orderId));
  if (!order) return <Unavailable what="your receipt" />;
  const payment = paidBy(await paymentsOf((await serverApi()).payments(orderId)));
  return (
    <Page>
      {payment || order.status === 'complete' ? (
        <ReceiptSheet order={order} payment={payment} buyer={user.email} />
      ) : (
        <Notice
          title="No receipt yet"
          action={
            <NavLink className="btn btn-primary btn-lg" href={path}>
              View order
            </NavLink>
          }
        >
          There is one as soon as this order is paid.
        </Notice>
      )}
    </Page>
  );
};

export default ReceiptPage;
