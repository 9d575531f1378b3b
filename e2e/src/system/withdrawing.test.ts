import { setTimeout as sleep } from 'node:timers/promises';
import type { Ticket } from '@ticketing/common/api';
import { countBy, identity, mapAsync, range } from 'es-toolkit';
import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { target } from '../support/target';
import {
  isListed,
  listedUntil,
  orderCancelled,
  orderUntil,
  paymentsUntil,
  ticketReserved,
  ticketUntil,
} from '../support/until';

const RACES = 40;

let seller: Customer;
let buyer: Customer;

beforeAll(async () => {
  seller = await Customer.signedUp(target().url);
  buyer = await Customer.signedUp(target().url);
});

const sell = (title = `Concert ${uniqueWord()}`) => expectStatus(seller.sell(title, 20), 201);
const isFinal = ({ status }: { status: string }) => status === 'complete' || status === 'cancelled';

describe('when the seller withdraws a ticket', () => {
  it('then it is not listed, its page says so and orders refuses it, until it is back on sale', async () => {
    const ticket = await sell();
    await listedUntil(target().url, ticket, true);
    const withdrawn = await expectStatus(seller.withdraw(ticket.id), 200);
    expect(withdrawn.status).toBe('withdrawn');
    await listedUntil(target().url, ticket, false);
    expect((await expectStatus(buyer.ticket(ticket.id), 200)).status).toBe('withdrawn');
    expect(await expectStatus(seller.tickets({ seller: 'me', q: ticket.title }), 200)).toMatchObject([
      { id: ticket.id, status: 'withdrawn' },
    ]);

    // With the version, orders waits for the withdrawal to arrive.
    const refused = await expectStatus(buyer.buy(ticket.id, withdrawn.version), 400);
    expect(refused.errors).toEqual([{ message: 'The seller has withdrawn this ticket' }]);

    const relisted = await expectStatus(seller.relist(ticket.id), 200);
    expect(relisted.status).toBe('available');
    await listedUntil(target().url, ticket, true);
    await expectStatus(buyer.buy(ticket.id, relisted.version), 201);
  });

  it('then a reserved ticket is refused, and other users are', async () => {
    const ticket = await sell();
    await expectStatus(buyer.withdraw(ticket.id), 401);
    await expectStatus(buyer.relist(ticket.id), 401);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await ticketReserved(seller, ticket.id, order.id);
    const refused = await expectStatus(seller.withdraw(ticket.id), 400);
    expect(refused.errors).toEqual([{ message: 'The ticket is reserved and cannot be withdrawn' }]);
  });
});

describe(`when ${RACES} tickets are withdrawn and ordered at the same moment`, () => {
  /** One race; returns who won. */
  const race = async (ticket: Ticket, pays: boolean, delayMs: number): Promise<'seller' | 'buyer'> => {
    const purchase = async () => {
      const answer = await buyer.buy(ticket.id);
      if (answer.status === 201 && pays) await buyer.pay(answer.data.id);
      return answer;
    };
    const withdrawLater = async () => {
      await sleep(delayMs);
      return seller.withdraw(ticket.id);
    };
    const [withdrawal, order] = await Promise.all([withdrawLater(), purchase()]);
    if (order.status !== 201) {
      expect([withdrawal.status, order.status]).toEqual([200, 400]);
      expect(await isListed(target().url, ticket)).toBe(false);
      return 'seller';
    }
    const { id } = order.data;
    if (withdrawal.status === 400) {
      await ticketReserved(seller, ticket.id, id);
      return 'buyer';
    }
    expect(withdrawal.status).toBe(200);
    const ended = pays ? await orderUntil(buyer, id, 'to end', isFinal) : await orderCancelled(buyer, id);
    if (ended.status === 'complete') {
      await ticketUntil(seller, ticket.id, 'to be sold', ({ status }) => status === 'sold');
      return 'buyer';
    }
    expect(ended.reason).toBe('withdrawn');
    await paymentsUntil(buyer, id, 'to have taken nothing', (payments) =>
      payments.every(({ status }) => ['rejected', 'refunded'].includes(status)),
    );
    // The order's event may come to tickets after that of its cancellation.
    const shown = await ticketUntil(
      buyer,
      ticket.id,
      'to be withdrawn',
      ({ status }) => status === 'withdrawn',
    );
    expect(shown.orderId).toBeUndefined();
    return 'seller';
  };

  it.each([
    ['and not paid', false],
    ['and paid at once', true],
  ])('then (%s) one of both wins, and the order of the other is cancelled', async (_what, pays) => {
    const tickets = await mapAsync(range(RACES), () => sell());
    await mapAsync(tickets, (ticket) => listedUntil(target().url, ticket, true));
    const winners = await mapAsync(tickets, (ticket, index) => race(ticket, pays, index % 10), {
      concurrency: 8,
    });
    expect(winners).toHaveLength(RACES);
    expect(countBy(winners, identity).seller).toBeGreaterThan(0);
  });
});
