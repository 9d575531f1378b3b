import 'server-only';
import { getConfig } from '@/shared/server/config';
import { Page } from '@/shared/ui/page';
import { cancelOrder, payOrder } from './actions';
import { LiveOrder } from './live-order';
import type { OrderState } from './order-state';

/** An order's page, as it is rendered on the server. */
export const OrderPage = ({ state }: { state: OrderState }) => (
  <Page>
    <LiveOrder
      key={state.order.id}
      state={state}
      renderedAt={Date.now()}
      publishableKey={getConfig().stripePublishableKey}
      pay={payOrder}
      cancel={cancelOrder}
    />
  </Page>
);
