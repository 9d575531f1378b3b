import type { Order, Payment } from '@ticketing/common/api';
import { act, renderHook } from '@testing-library/react';
import { api } from '@/shared/api/browser';
import { ApiError } from '@/shared/api/errors';
import { anOrder, aPayment } from '@/test/samples';
import { useHeldOrder } from '../use-held-order';

jest.mock('@/shared/api/browser', () => ({ api: { orders: jest.fn(), payments: jest.fn() } }));
const { orders: fetchOrders, payments: fetchPayments } = jest.mocked(api);

const NOW = Date.parse('2030-01-01T10:05:00.000Z');
const pass = (milliseconds: number) => act(() => jest.advanceTimersByTimeAsync(milliseconds));
const serverHas = (order: Order, payments: Payment[] = []) => {
  fetchOrders.mockResolvedValue([order]);
  fetchPayments.mockResolvedValue(payments);
};
const open = anOrder();
const awaiting = anOrder({ status: 'awaiting:payment', version: 1 });
const complete = anOrder({ status: 'complete', version: 2 });

/** A visitor on the page of the order that is held for them. */
const onOrderPage = () => {
  const initial = { held: { order: open, readAt: NOW }, paying: false };
  const { result, rerender } = renderHook(({ pathname }) => useHeldOrder(pathname, initial), {
    initialProps: { pathname: '/orders/order-1' },
  });
  return {
    goesTo: (pathname: string) => rerender({ pathname }),
    held: () => result.current.held?.order.id,
  };
};

beforeEach(() => {
  jest.resetAllMocks();
  jest.useFakeTimers({ now: NOW });
});
afterEach(() => jest.useRealTimers());

describe('when a visitor leaves the page of an order', () => {
  test('then it is not held for them until a response says so', async () => {
    const visitor = onOrderPage();
    fetchOrders.mockReturnValue(new Promise((resolve) => setTimeout(() => resolve([open]), 3_000)));
    visitor.goesTo('/');
    await pass(2_900);
    expect(visitor.held()).toBeUndefined();
    await pass(100);
    expect(visitor.held()).toBe('order-1');
  });

  test('then it is never held again after its payment, of which the orders service hears late', async () => {
    const visitor = onOrderPage();
    serverHas(awaiting, [aPayment()]);
    visitor.goesTo('/');
    for (const seconds of [0, 1, 2, 4]) {
      await pass(seconds * 1_000);
      expect(visitor.held()).toBeUndefined();
    }
    serverHas(complete, [aPayment()]);
    await pass(60_000);
    expect(visitor.held()).toBeUndefined();
    fetchOrders.mockClear();
    await pass(600_000);
    expect(fetchOrders).not.toHaveBeenCalled();
  });

  test('then it is held again as soon as its card is known to be declined', async () => {
    const visitor = onOrderPage();
    serverHas(awaiting, [aPayment({ status: 'pending' })]);
    visitor.goesTo('/');
    await pass(1_000);
    expect(visitor.held()).toBeUndefined();
    serverHas(awaiting, [aPayment({ status: 'failed', attemptsLeft: 2 })]);
    await pass(4_000);
    expect(visitor.held()).toBe('order-1');
  });

  test('then a payment of which nothing is heard is asked for a few times, and no more', async () => {
    const visitor = onOrderPage();
    serverHas(awaiting, [aPayment({ status: 'pending' })]);
    visitor.goesTo('/');
    await pass(300_000);
    expect(fetchOrders.mock.calls.length).toBeGreaterThan(3);
    expect(fetchOrders.mock.calls.length).toBeLessThan(10);
  });

  test('then an orders service that is away for a moment is asked again', async () => {
    const visitor = onOrderPage();
    fetchOrders.mockRejectedValueOnce(new ApiError(503, [{ message: 'away' }])).mockResolvedValue([open]);
    visitor.goesTo('/');
    await pass(2_000);
    expect(visitor.held()).toBe('order-1');
  });
});
