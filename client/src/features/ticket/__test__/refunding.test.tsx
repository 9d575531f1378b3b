import type { Ticket } from '@ticketing/common/api';
import { DEFAULT_FEE } from '@ticketing/common/limits';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { api } from '@/shared/api/browser';
import { ApiError } from '@/shared/api/errors';
import { aTicket } from '@/test/samples';
import { LiveTicket } from '../live-ticket';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);
jest.mock('@/shared/api/browser', () => ({ api: { refundOrder: jest.fn(), ticket: jest.fn() } }));
const { refundOrder, ticket: fetchTicket } = jest.mocked(api);

const sold = aTicket({ status: 'sold', orderId: 'order-1' });
const relisted = aTicket({ version: 4 });
const show = (ticket: Ticket = sold, { userId = 'seller', wasRefunded = false } = {}) =>
  render(
    <LiveTicket
      state={{ ticket, mine: false }}
      userId={userId}
      wasRefunded={wasRefunded}
      fee={DEFAULT_FEE}
      buy={jest.fn()}
      sell={{ changeSale: jest.fn(), refund: jest.fn() }}
    />,
  );
const pass = (milliseconds: number) => act(() => jest.advanceTimersByTimeAsync(milliseconds));
const refund = async (choice?: RegExp) => {
  if (choice) fireEvent.click(screen.getByRole('radio', { name: choice }));
  fireEvent.click(screen.getByRole('button', { name: 'Refund the buyer' }));
  await pass(0);
};

beforeEach(() => {
  jest.resetAllMocks();
  jest.useFakeTimers();
  refundOrder.mockResolvedValue(undefined);
  fetchTicket.mockResolvedValue(sold);
});
afterEach(() => jest.useRealTimers());

describe('when the seller of a sold ticket refunds its buyer', () => {
  test('then nothing is chosen beforehand, and nothing is sent without a choice', async () => {
    show();
    for (const radio of screen.getAllByRole('radio')) expect(radio).not.toBeChecked();
    await refund();
    expect(screen.getByRole('alert')).toHaveTextContent('Choose what happens to the ticket.');
    expect(refundOrder).not.toHaveBeenCalled();
  });

  test.each([
    [/Put it back on sale/, true],
    [/Withdraw it/, false],
  ])('then %s is sent once, and the ticket is shown as it comes back', async (choice, relist) => {
    show();
    await refund(choice);
    fireEvent.click(screen.getByRole('button', { name: /Refund/ }));
    expect(refundOrder.mock.calls).toEqual([['order-1', { relist }]]);
    fetchTicket.mockResolvedValue(relist ? relisted : aTicket({ version: 4, status: 'withdrawn' }));
    await pass(400);
    expect(screen.getByText('The buyer gets their money back.')).toBeVisible();
    expect(screen.getByText(relist ? 'Your ticket is on sale.' : /This ticket is withdrawn/)).toBeVisible();
  });

  test('then a ticket that comes back late is waited for', async () => {
    show();
    await refund(/Put it back/);
    await pass(3_000);
    expect(screen.getByText(/In a moment this page shows/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Refund/ })).not.toBeInTheDocument();
    fetchTicket.mockResolvedValue(relisted);
    await pass(6_000);
    expect(screen.getByText('Your ticket is on sale.')).toBeVisible();
  });

  test('then a refund stands although the ticket cannot be read', async () => {
    fetchTicket.mockRejectedValue(new ApiError(503, [{ message: 'away' }]));
    show();
    await refund(/Put it back/);
    await pass(3_000);
    expect(screen.getByText('The buyer gets their money back.')).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  test('then a refusal is shown', async () => {
    refundOrder.mockRejectedValue(new ApiError(400, [{ message: 'The time to refund this order is over' }]));
    show();
    await refund(/Withdraw it/);
    expect(screen.getByRole('alert')).toHaveTextContent('The time to refund this order is over');
    expect(screen.getByText('You’ve sold this ticket.')).toBeVisible();
  });

  test('then the page that a form without a script leads to says so', () => {
    show(relisted, { wasRefunded: true });
    expect(screen.getByText('The buyer gets their money back.')).toBeVisible();
  });

  test('then no one else is offered that', () => {
    show(sold, { userId: 'buyer', wasRefunded: true });
    expect(screen.queryByRole('button', { name: /Refund/ })).not.toBeInTheDocument();
    expect(screen.queryByText('The buyer gets their money back.')).not.toBeInTheDocument();
  });
});
