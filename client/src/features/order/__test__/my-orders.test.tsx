import type { Order, Payment } from '@ticketing/common/api';
import { act, render, screen } from '@testing-library/react';
import { api } from '@/shared/api/browser';
import { anOrder, aPayment } from '@/test/samples';
import { MyOrders } from '../my-orders';
import { fetchOrderStates } from '../order-state';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);
jest.mock('@/shared/api/browser', () => ({ api: { orders: jest.fn(), payments: jest.fn() } }));
const { orders: fetchOrders, payments: fetchPayments } = jest.mocked(api);

const serverHas = (order: Order, payments: Payment[] = []) => {
  fetchOrders.mockResolvedValue([order]);
  fetchPayments.mockResolvedValue(payments);
};
const show = async () => render(<MyOrders orders={await fetchOrderStates(api, [])} />);
const pass = (milliseconds: number) => act(() => jest.advanceTimersByTimeAsync(milliseconds));
const awaiting = anOrder({ status: 'awaiting:payment', version: 1 });

beforeEach(() => {
  jest.resetAllMocks();
  jest.useFakeTimers({ now: Date.parse('2030-01-01T10:05:00.000Z') });
});
afterEach(() => jest.useRealTimers());

describe('when a card was tried for an order', () => {
  test('then one that was declined leaves the order awaiting its payment', async () => {
    serverHas(awaiting, [aPayment({ status: 'failed', attemptsLeft: 2 })]);
    await show();
    expect(screen.getByText('Awaiting payment')).toBeInTheDocument();
    expect(screen.queryByText('Payment in progress')).not.toBeInTheDocument();
  });

  test('then the payment is in progress, and its outcome is seen live', async () => {
    serverHas(awaiting, [aPayment({ status: 'pending' })]);
    await show();
    expect(screen.getByText('Payment in progress')).toBeInTheDocument();
    serverHas(awaiting, [aPayment({ status: 'failed', attemptsLeft: 1 })]);
    await pass(5_000);
    expect(screen.getByText('Awaiting payment')).toBeInTheDocument();
    serverHas(anOrder({ status: 'complete', version: 2 }));
    await pass(5_000);
    expect(screen.getByText('Complete')).toBeInTheDocument();
  });

  test('then no charges are asked for where the order says it all', async () => {
    serverHas(anOrder({ status: 'cancelled', reason: 'expired', version: 1 }));
    await show();
    expect(screen.getByText('Expired')).toBeInTheDocument();
    expect(fetchPayments).not.toHaveBeenCalled();
  });
});
