import { groupBy, keyBy } from 'es-toolkit';
import { idOf, type Databases, type OrderRecord, type PaymentRecord } from './databases';
import { settledCharges, type SettledCharge } from './ledger';
import { waitForNone } from './wait-for';

/** What the checks compare: the services' databases, and the Stripe sandbox's ledger. */
export interface Sources {
  databases: Databases;
  sandboxUrl: string;
}

const isFinal = ({ status }: OrderRecord): boolean => status === 'complete' || status === 'cancelled';

/** Orders that are neither complete nor cancelled. */
const unfinishedOrders = async (databases: Databases): Promise<string[]> =>
  (await databases.orders())
    .filter((order) => !isFinal(order))
    .map((order) => `order ${idOf(order)} is ${order.status}`);

const describeCharge = ({ charge, refunds }: SettledCharge): string =>
  `${charge.id} of ${charge.amount}, refunded ${refunds.map(({ amount }) => amount).join('+') || 'nothing'}`;

/** A complete order has been charged once, and that charge is recorded. */
const completeProblem = (charges: SettledCharge[], payments: PaymentRecord[]): string | undefined => {
  const [settled] = charges;
  if (!settled || charges.length !== 1) return 'complete without exactly one charge';
  if (settled.refunds.length > 0) return 'complete and refunded';
  const recorded = payments.filter(({ status }) => status === 'succeeded').map(({ stripeId }) => stripeId);
  if (recorded.length === 1 && recorded[0] === settled.charge.id) return undefined;
  return `payments has recorded ${JSON.stringify(payments)}`;
};

/** A cancelled order's charge has been refunded once, in full, and that refund is recorded. */
const cancelledProblem = (
  { charge, refunds }: SettledCharge,
  payments: PaymentRecord[],
): string | undefined => {
  const [refund] = refunds;
  if (!refund || refunds.length > 1 || refund.amount !== charge.amount)
    return 'not refunded once and in full';
  const recorded = payments.find(({ stripeId }) => stripeId === charge.id);
  if (recorded?.stripeRefundId === refund.id) return undefined;
  return `the refund is not recorded: ${JSON.stringify(recorded)}`;
};

const orderPaymentProblems = (
  order: OrderRecord,
  charges: SettledCharge[],
  payments: PaymentRecord[],
): string[] => {
  const owed = Math.round(order.ticket.price * 100);
  const found = [
    charges.some(({ charge }) => charge.amount !== owed) ? `charged another amount than ${owed}` : undefined,
    ...(order.status === 'complete'
      ? [completeProblem(charges, payments)]
      : charges.map((settled) => cancelledProblem(settled, payments))),
  ];
  const name = `order ${idOf(order)} (${[order.status, order.reason].filter(Boolean).join(', ')})`;
  const all = charges.map(describeCharge).join('; ') || 'none';
  return found.filter((problem) => problem !== undefined).map((why) => `${name}: ${why}; charges: ${all}`);
};

/** Every complete order has one charge, a cancelled one none that is not refunded; each charge has a payment. */
export const paymentProblems = async ({ databases, sandboxUrl }: Sources): Promise<string[]> => {
  const [orders, payments, charges] = await Promise.all([
    databases.orders(),
    databases.payments(),
    settledCharges(sandboxUrl),
  ]);
  const orderOfKey = new Map(payments.map((payment) => [idOf(payment), payment.orderId]));
  const chargesOf = groupBy(charges, ({ key }) => orderOfKey.get(key) ?? '');
  const paymentsOf = groupBy(payments, ({ orderId }) => orderId);
  return [
    ...(chargesOf[''] ?? []).map(
      (one) => `charge ${describeCharge(one)}: no payment has its key "${one.key}"`,
    ),
    ...orders
      .filter(isFinal)
      .flatMap((order) =>
        orderPaymentProblems(order, chargesOf[idOf(order)] ?? [], paymentsOf[idOf(order)] ?? []),
      ),
  ];
};

/** A ticket is locked by its one active order, and not locked without one. */
export const lockProblems = async (databases: Databases): Promise<string[]> => {
  const [tickets, orders] = await Promise.all([databases.tickets(), databases.orders()]);
  const active = groupBy(
    orders.filter(({ status }) => status !== 'cancelled'),
    ({ ticket }) => ticket.id,
  );
  const ofOrders = orders
    .filter(({ status, activeTicketId, ticket }) =>
      status === 'cancelled' ? activeTicketId !== undefined : activeTicketId !== ticket.id,
    )
    .map((order) => `order ${idOf(order)} is ${order.status} and reserves ${order.activeTicketId}`);
  const ofTickets = tickets.flatMap((ticket) => {
    const [order, ...others] = active[idOf(ticket)] ?? [];
    const name = `ticket ${idOf(ticket)}`;
    const expected = order && idOf(order);
    if (others.length > 0) return [`${name} has ${others.length + 1} active orders`];
    if (expected !== ticket.orderId)
      return [`${name} is locked by ${ticket.orderId}, its active order is ${expected}`];
    const isSold = ticket.soldAt !== undefined && ticket.soldAt !== null;
    if (isSold === (order?.status === 'complete')) return [];
    return [`${name} is ${isSold ? '' : 'not '}sold, its order is ${order?.status}`];
  });
  return [...ofOrders, ...ofTickets];
};

const differences = <Fields extends string>(
  what: string,
  originals: ({ _id: unknown } & Record<Fields, unknown>)[],
  projections: ({ _id: unknown } & Record<Fields, unknown>)[],
  fields: Fields[],
): string[] => {
  const projectionOf = keyBy(projections, idOf);
  return originals.flatMap((original) => {
    const projection = projectionOf[idOf(original)];
    const name = `${what} ${idOf(original)}`;
    if (!projection) return [`${name} has no projection`];
    return fields
      .filter((field) => original[field] !== projection[field])
      .map(
        (field) => `${name}: ${field} is ${String(original[field])}, projected ${String(projection[field])}`,
      );
  });
};

/** Projections that differ from the documents: an event was lost, or applied twice. */
export const projectionProblems = async (databases: Databases): Promise<string[]> => {
  const orders = (await databases.orders()).map((order) => ({ ...order, price: order.ticket.price }));
  const tickets = (await databases.tickets()).map((ticket) => ({
    ...ticket,
    withdrawn: Boolean(ticket.withdrawnAt),
  }));
  const ticketProjections = (await databases.ticketProjections()).map((ticket) => ({
    ...ticket,
    withdrawn: ticket.withdrawn ?? false,
  }));
  return [
    ...differences('ticket', tickets, ticketProjections, ['title', 'price', 'version', 'withdrawn']),
    ...differences('order', orders, await databases.orderProjections(), ['status', 'version', 'price']),
    ...differences('user', await databases.users(), await databases.userProjections(), ['email', 'version']),
  ];
};

/** Waits until every order is complete or cancelled. */
export const waitForFinalOrders = (databases: Databases, timeoutMs?: number): Promise<string[]> =>
  waitForNone('all orders to be complete or cancelled', () => unfinishedOrders(databases), timeoutMs);

export const waitForLocks = (databases: Databases): Promise<string[]> =>
  waitForNone('tickets to be locked by their active orders', () => lockProblems(databases));

export const waitForProjections = (databases: Databases): Promise<string[]> =>
  waitForNone('projections to equal the documents', () => projectionProblems(databases));

export const waitForEmptyOutboxes = (databases: Databases): Promise<string[]> =>
  waitForNone('outboxes to be empty', () => databases.pendingEvents());

/** Waits until every check passes; the error names the first kind of problem that remains. */
export const waitForConsistency = async (sources: Sources): Promise<void> => {
  const { databases } = sources;
  await waitForLocks(databases);
  await waitForProjections(databases);
  await waitForNone('payments to agree with orders', () => paymentProblems(sources));
  await waitForEmptyOutboxes(databases);
  expect(await databases.deadLetters()).toEqual([]);
};
