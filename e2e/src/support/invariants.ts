import { byId, type Databases, type OrderRecord, type PaymentRecord } from './databases';
import { chargesMade, readLedger, type MadeCharge } from './ledger';
import { waitFor } from './wait-for';

/** Everything about the system that must agree once it has come to rest. */
export interface Books {
  databases: Databases;
  sandboxUrl: string;
}

const isFinal = ({ status }: OrderRecord): boolean => status === 'complete' || status === 'cancelled';

/** Orders that are neither Complete nor Cancelled. */
export const unfinishedOrders = async ({ databases }: Books): Promise<string[]> =>
  (await databases.orders())
    .filter((order) => !isFinal(order))
    .map(({ _id, status }) => `order ${_id} is ${status}`);

const describeCharge = ({ charge, refunds }: MadeCharge): string =>
  `${charge.id} of ${charge.amount}, refunded ${refunds.map(({ amount }) => amount).join('+') || 'nothing'}`;

const moneyOfOrder = (order: OrderRecord, charges: MadeCharge[], payments: PaymentRecord[]): string[] => {
  const name = `order ${order._id} (${order.status}${order.reason ? `, ${order.reason}` : ''})`;
  const owed = Math.round(order.ticket.price * 100);
  const wrong = (why: string) => [
    `${name}: ${why}; charges: ${charges.map(describeCharge).join('; ') || 'none'}`,
  ];
  const wrongAmount = charges.find(({ charge }) => charge.amount !== owed);
  if (wrongAmount) return wrong(`charged something else than ${owed}`);

  if (order.status === 'complete') {
    if (charges.length !== 1) return wrong('complete without exactly one charge');
    if (charges[0].refunds.length > 0) return wrong('complete and refunded');
    const recorded = payments.filter(({ status }) => status === 'succeeded');
    if (recorded.length !== 1 || recorded[0].stripeId !== charges[0].charge.id) {
      return wrong(`payments has recorded ${JSON.stringify(recorded)}`);
    }
    return [];
  }
  for (const made of charges) {
    const refunded = made.refunds.reduce((sum, { amount }) => sum + amount, 0);
    if (refunded !== made.charge.amount || made.refunds.length !== 1)
      return wrong('money kept or given back twice');
    const recorded = payments.find(({ stripeId }) => stripeId === made.charge.id);
    if (recorded?.stripeRefundId !== made.refunds[0].id) {
      return wrong(`the refund is not recorded: ${JSON.stringify(recorded)}`);
    }
  }
  return [];
};

/** Every completed order has one charge, every cancelled one none that is not refunded, and none is astray. */
export const moneyProblems = async ({ databases, sandboxUrl }: Books): Promise<string[]> => {
  const [orders, payments, ledger] = await Promise.all([
    databases.orders(),
    databases.payments(),
    readLedger(sandboxUrl),
  ]);
  const orderOfPayment = new Map(payments.map(({ _id, orderId }) => [String(_id), orderId]));
  const charges = new Map<string, MadeCharge[]>();
  const astray: string[] = [];
  for (const made of chargesMade(ledger)) {
    const orderId = orderOfPayment.get(made.key);
    if (orderId) charges.set(orderId, [...(charges.get(orderId) ?? []), made]);
    else astray.push(`charge ${describeCharge(made)} with key "${made.key}" belongs to no payment`);
  }
  const problems = orders.filter(isFinal).flatMap((order) =>
    moneyOfOrder(
      order,
      charges.get(String(order._id)) ?? [],
      payments.filter(({ orderId }) => orderId === String(order._id)),
    ),
  );
  return [...astray, ...problems];
};

/** A ticket is held by the one active order for it, or by none when there is none. */
export const lockProblems = async ({ databases }: Books): Promise<string[]> => {
  const [tickets, orders] = await Promise.all([databases.tickets(), databases.orders()]);
  const active = new Map<string, OrderRecord[]>();
  for (const order of orders.filter(({ status }) => status !== 'cancelled')) {
    active.set(order.ticket.id, [...(active.get(order.ticket.id) ?? []), order]);
  }
  const ofOrders = orders
    .filter(({ status, activeTicketId, ticket }) =>
      status === 'cancelled' ? activeTicketId !== undefined : activeTicketId !== ticket.id,
    )
    .map(({ _id, status, activeTicketId }) => `order ${_id} is ${status} and reserves ${activeTicketId}`);
  const ofTickets = tickets.flatMap(({ _id, orderId, soldAt }) => {
    const holders = active.get(String(_id)) ?? [];
    if (holders.length > 1) return [`ticket ${_id} is sold ${holders.length} times`];
    const [holder] = holders;
    const expected = holder && String(holder._id);
    if (expected !== orderId)
      return [`ticket ${_id} is locked by ${orderId}, its active order is ${expected}`];
    const isSold = soldAt !== undefined && soldAt !== null;
    if (isSold !== (holder?.status === 'complete')) {
      return [`ticket ${_id} is ${isSold ? '' : 'not '}sold, its order is ${holder?.status}`];
    }
    return [];
  });
  return [...ofOrders, ...ofTickets];
};

const differences = <Record extends { _id: unknown }>(
  what: string,
  originals: Record[],
  copies: Record[],
  fields: (keyof Record & string)[],
): string[] => {
  const copyOf = byId(copies);
  return originals.flatMap((original) => {
    const copy = copyOf.get(String(original._id));
    if (!copy) return [`${what} ${original._id} has no copy`];
    return fields
      .filter((field) => original[field] !== copy[field])
      .map((field) => `${what} ${original._id}: ${field} is ${original[field]}, in the copy ${copy[field]}`);
  });
};

/** Copies that differ from their originals: an event was lost, or applied twice. */
export const copyProblems = async ({ databases }: Books): Promise<string[]> => [
  ...differences('ticket', await databases.tickets(), await databases.ticketCopies(), [
    'title',
    'price',
    'version',
  ]),
  ...differences(
    'order',
    (await databases.orders()).map((order) => ({ ...order, price: order.ticket.price })),
    (await databases.orderCopies()) as never[],
    ['status', 'version', 'price'],
  ),
  ...differences('user', await databases.users(), await databases.userCopies(), ['email', 'version']),
];

const settles = (what: string, look: () => Promise<string[]>, timeoutMs: number): Promise<string[]> =>
  waitFor(`${what}: no problem`, look, (problems) => problems.length === 0, { timeoutMs, everyMs: 250 });

/** Waits until all books agree; the error names the first sort of problem that does not go away. */
export const waitForAgreement = async (books: Books, timeoutMs = 60_000): Promise<void> => {
  await settles('locks agree with orders', () => lockProblems(books), timeoutMs);
  await settles('copies equal originals', () => copyProblems(books), timeoutMs);
  await settles('money agrees with orders', () => moneyProblems(books), timeoutMs);
  await settles('outboxes are empty', () => books.databases.unpublished(), timeoutMs);
  await settles('no message was put aside', async () => (await books.databases.deadLetters()).map(String), 0);
};
