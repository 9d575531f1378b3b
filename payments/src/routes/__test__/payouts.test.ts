import { change, idOf, insert, OrderStatus } from '@ticketing/common';
import { mockMessage } from '@ticketing/common/testing';
import request from 'supertest';
import { app } from '../../app';
import { OrderCreatedListener } from '../../events/listeners/order-created-listener';
import { Payment, type PaymentEntity } from '../../models/payment';
import { natsWrapper } from '../../nats-wrapper';
import { newId } from '../../test/fixtures';

const get = (cookie: string[], query = '') => request(app).get(`/api/payouts${query}`).set('Cookie', cookie);

/** A charged payment of a seller, and what happened to it afterwards. */
const sale = async (sellerId: string, then?: (payment: PaymentEntity) => void) => {
  const attrs = { orderId: newId(), ticketId: newId(), amount: 2_000, fee: 130, sellerId, token: 'tok_visa' };
  const payment = await insert(Payment, Payment.open(attrs));
  const id = idOf(payment);
  await change(Payment, { id }, (current) => current.succeed(`ch_${id}`));
  if (then) await change(Payment, { id }, then);
  return attrs;
};
const disputed = (status: string) => (payment: PaymentEntity) =>
  payment.observe({ amountRefunded: 0, dispute: { id: 'dp_1', status, reason: 'fraudulent' } });

it('when a seller has sold nothing, then nothing is owed', async () => {
  const { body } = await get(signin()).expect(200);
  expect(body).toEqual({ currency: 'usd', owed: 0, onHold: 0, paid: 0, sales: [] });
});

it('when a seller has sold tickets, then each sale says how it stands, newest first, and the totals follow', async () => {
  const seller = newId();
  const first = await sale(seller);
  await sale(seller, disputed('needs_response'));
  await sale(seller, disputed('lost'));
  await sale(seller, (payment) => payment.oweRefund());
  await sale(newId());
  await insert(
    Payment,
    Payment.open({ orderId: newId(), amount: 2_000, sellerId: seller, token: 'tok_visa' }),
  );
  const { body } = await get(signin(seller)).expect(200);
  expect(body).toMatchObject({ currency: 'usd', owed: 1_870, onHold: 1_870, paid: 0 });
  expect(body.sales.map(({ status, net, fee }: Record<string, unknown>) => [status, net, fee])).toEqual([
    ['refunded', 0, 0],
    ['lost', 0, 0],
    ['on-hold', 1_870, 130],
    ['owed', 1_870, 130],
  ]);
  const { orderId, ticketId } = first;
  expect(body.sales[3]).toEqual({
    ...{ orderId, ticketId, amount: 2_000, fee: 130, net: 1_870, status: 'owed' },
    at: expect.any(String),
  });
});

it('when there are more than a page, then the next one follows, and the totals are of all', async () => {
  const seller = newId();
  for (let n = 0; n < 3; n += 1) await sale(seller);
  const first = await get(signin(seller), '?limit=2').expect(200);
  expect(first.body.sales).toHaveLength(2);
  const [, next = ''] = /<\/api\/payouts(.*)>; rel="next"/.exec(first.headers.link ?? '') ?? [];
  const last = await get(signin(seller), next).expect(200);
  expect(last.body.sales).toHaveLength(1);
  expect(last.headers.link).toBeUndefined();
  for (const { body } of [first, last]) expect(body.owed).toBe(3 * 1_870);
  const ids = [...first.body.sales, ...last.body.sales].map(({ orderId }: { orderId: string }) => orderId);
  expect(new Set(ids).size).toBe(3);
});

it.each(['?limit=0', '?limit=101', '?limit=x', '?cursor=x'])(
  'when the query is %s, then the answer is 400',
  async (query) => {
    await get(signin(), query).expect(400);
  },
);

it('when no user is signed in, then the answer is 401', async () => {
  await get([]).expect(401);
});

it('when an order is paid, then the sale is of the seller, the ticket and the fee that order:created named', async () => {
  const [seller, buyer, ticketId, orderId] = [newId(), newId(), newId(), newId()];
  const data = {
    ...{ id: orderId, version: 0, userId: buyer, status: OrderStatus.Created, fee: 130, sellerId: seller },
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
    ticket: { id: ticketId, price: 20 },
  };
  await new OrderCreatedListener(natsWrapper.client).onMessage(data, mockMessage());
  await request(app)
    .post('/api/payments')
    .set('Cookie', signin(buyer))
    .send({ token: 'tok_visa', orderId })
    .expect(201);
  const { body } = await get(signin(seller)).expect(200);
  expect(body).toMatchObject({ owed: 1_870, sales: [{ orderId, ticketId, fee: 130, net: 1_870 }] });
  expect((await get(signin(buyer)).expect(200)).body.sales).toEqual([]);
});
