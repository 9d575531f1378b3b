import { isDeepStrictEqual } from 'node:util';
import { Customer, expectStatus, PASSWORD, uniqueWord } from '../support/customer';
import { target } from '../support/target';
import { waitFor } from '../support/wait-for';

const UNKNOWN_ID = 'f'.repeat(24);

/** What each service answers to a session: the status of a request that needs one. */
const statusesOf = async (customer: Customer): Promise<Record<string, number>> => {
  const [auth, tickets, orders, payments] = await Promise.all([
    customer.currentUser(),
    customer.tickets({ seller: 'me' }),
    customer.orders(),
    customer.payments(UNKNOWN_ID),
  ]);
  return {
    auth: auth.data.currentUser ? 200 : 401,
    tickets: tickets.status,
    orders: orders.status,
    payments: payments.status,
  };
};

const SIGNED_IN = { auth: 200, tickets: 200, orders: 200, payments: 404 };
const ENDED = { auth: 401, tickets: 401, orders: 401, payments: 401 };

const becomes = (customer: Customer, expected: Record<string, number>) =>
  waitFor(
    `the session to be answered ${JSON.stringify(expected)}`,
    () => statusesOf(customer),
    (statuses) => isDeepStrictEqual(statuses, expected),
  );

describe('when a session ends', () => {
  let owner: Customer;
  let thief: Customer;

  beforeEach(async () => {
    owner = await Customer.signedUp(target().url);
    thief = owner.copy();
    expect(await statusesOf(thief)).toEqual(SIGNED_IN);
  });

  it('then by signing out, no service takes a copy of it any more, and a new one is taken', async () => {
    await expectStatus(owner.signOut(), 200);
    await becomes(thief, ENDED);
    await expectStatus(owner.signIn({ email: owner.user!.email, password: PASSWORD }), 200);
    expect(await statusesOf(owner)).toEqual(SIGNED_IN);
  });

  it('then by a new password, only the session that the change was answered with goes on', async () => {
    const changes = { password: `better-${uniqueWord()}`, currentPassword: PASSWORD };
    await expectStatus(owner.changeAccount(changes), 200);
    await becomes(thief, ENDED);
    expect(await statusesOf(owner)).toEqual(SIGNED_IN);
  });

  it('then everywhere, all of them are over', async () => {
    const elsewhere = new Customer(target().url);
    await expectStatus(elsewhere.signIn({ email: owner.user!.email, password: PASSWORD }), 200);
    await expectStatus(owner.signOut({ everywhere: true }), 200);
    await becomes(thief, ENDED);
    await becomes(elsewhere, ENDED);
  });
});
