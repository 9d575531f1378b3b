import { anOrder, aPayment } from '@/test/samples';
import { sentPayments } from '../../payment/sent-payments';
import { heldOrders } from '../held';

const NOW = Date.parse('2030-01-01T10:05:00.000Z');
const at = (minute: string) => `2030-01-01T10:${minute}:00.000Z`;
const awaiting = anOrder({ status: 'awaiting:payment', version: 1 });

describe('when a visitor has orders', () => {
  test('then the one to pay first is named, of those whose time is not up', () => {
    const states = [
      anOrder({ id: 'later', expiresAt: at('20') }),
      anOrder({ id: 'sooner', expiresAt: at('10') }),
      anOrder({ id: 'over', expiresAt: at('04') }),
      anOrder({ id: 'paid', expiresAt: at('06'), status: 'complete' }),
      anOrder({ id: 'cancelled', expiresAt: at('06'), status: 'cancelled' }),
    ].map((order) => ({ order, payments: [] }));
    expect(heldOrders(states, NOW)).toMatchObject({ held: { order: { id: 'sooner' } }, paying: false });
    expect(heldOrders(states.slice(2), NOW)).toEqual({ held: undefined, paying: false });
  });

  test.each(['pending', 'succeeded'] as const)('then one whose charge is %s is not to be paid', (status) => {
    const states = [{ order: awaiting, payments: [aPayment({ status })] }];
    expect(heldOrders(states, NOW)).toEqual({ held: undefined, paying: true });
  });

  test('then one that waits for another card is', () => {
    const payments = [aPayment({ status: 'failed', attemptsLeft: 2 })];
    expect(heldOrders([{ order: awaiting, payments }], NOW)).toMatchObject({
      held: { order: { id: 'order-1' } },
      paying: false,
    });
  });

  test('then one that was paid here is not, although the orders service has not heard of it', () => {
    const order = anOrder({ id: 'just-paid' });
    sentPayments.add(order.id);
    expect(heldOrders([{ order, payments: [] }], NOW)).toEqual({ held: undefined, paying: true });
    sentPayments.remove(order.id);
    expect(heldOrders([{ order, payments: [] }], NOW).held?.order).toBe(order);
  });
});
