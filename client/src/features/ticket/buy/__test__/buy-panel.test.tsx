import type { Ticket } from '@ticketing/common/api';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { api } from '@/shared/api/browser';
import { ApiError } from '@/shared/api/errors';
import { router } from '@/test/navigation';
import { anOrder, aTicket } from '@/test/samples';
import { BuyPanel } from '../buy-panel';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);
jest.mock('@/shared/api/browser', () => ({ api: { createOrder: jest.fn(), ticket: jest.fn() } }));
const { createOrder, ticket: fetchTicket } = jest.mocked(api);

let serverSays: (ticket: Ticket) => void;
const Page = ({ ticket }: { ticket: Ticket }) => {
  const [state, setState] = useState(ticket);
  serverSays = setState;
  return <BuyPanel ticket={state} onTicket={setState} taken={<p>Taken</p>} action={jest.fn()} />;
};
const refuse = (status: number, message = 'No') => new ApiError(status, [{ message }]);
const click = (name: RegExp | string) => userEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
  jest.clearAllMocks();
  createOrder.mockReset();
  fetchTicket.mockReset();
});

describe('when a visitor buys', () => {
  test('then they get an order at the version they saw, and go to it', async () => {
    createOrder.mockResolvedValue(anOrder({ id: 'o9' }));
    render(<Page ticket={aTicket()} />);
    await click('Buy this ticket');
    expect(createOrder).toHaveBeenCalledWith({ ticketId: 'ticket-1', ticketVersion: 3 });
    expect(router.push).toHaveBeenCalledWith('/orders/o9');
    expect(screen.getByRole('button', { name: 'Reserving…' })).toHaveAttribute('aria-disabled', 'true');
  });

  test('then a double click makes one order', async () => {
    createOrder.mockReturnValue(new Promise(() => {}));
    render(<Page ticket={aTicket()} />);
    await userEvent.dblClick(screen.getByRole('button', { name: 'Buy this ticket' }));
    expect(createOrder).toHaveBeenCalledTimes(1);
  });

  test('then a price that changed on the page needs their consent before an order', async () => {
    render(<Page ticket={aTicket()} />);
    act(() => serverSays(aTicket({ price: 25, version: 4 })));
    await click('Buy this ticket');
    expect(createOrder).not.toHaveBeenCalled();
    expect(screen.getByRole('heading', { name: 'The price is now $25.00' })).toHaveFocus();
    createOrder.mockResolvedValue(anOrder());
    await click('Buy for $25.00');
    expect(createOrder).toHaveBeenCalledWith({ ticketId: 'ticket-1', ticketVersion: 4 });
  });

  test('then a price that changed unseen needs their consent, too', async () => {
    createOrder.mockRejectedValueOnce(refuse(409, 'The price is now 25.00'));
    fetchTicket.mockResolvedValue(aTicket({ price: 25, version: 5 }));
    render(<Page ticket={aTicket()} />);
    await click('Buy this ticket');
    expect(screen.getByText(/It was/)).toHaveTextContent('It was $20.00 when you opened this page');
    createOrder.mockResolvedValueOnce(anOrder());
    await click('Buy for $25.00');
    expect(createOrder).toHaveBeenLastCalledWith({ ticketId: 'ticket-1', ticketVersion: 5 });
  });

  test('then they can decline the new price', async () => {
    render(<Page ticket={aTicket()} />);
    act(() => serverSays(aTicket({ price: 25, version: 4 })));
    await click('Buy this ticket');
    await click('No, thanks');
    expect(createOrder).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: 'Buy this ticket' })).toBeInTheDocument();
  });

  test('then a buyer who was too late is notified, and can buy once it is back', async () => {
    createOrder.mockRejectedValueOnce(refuse(400, 'Ticket is already reserved'));
    fetchTicket.mockResolvedValue(aTicket({ status: 'reserved', version: 4 }));
    render(<Page ticket={aTicket()} />);
    await click('Buy this ticket');
    expect(screen.getByRole('heading', { name: 'Another buyer was faster' })).toHaveFocus();
    expect(screen.getByText('Taken')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    act(() => serverSays(aTicket({ version: 5 })));
    expect(screen.getByText(/back on sale/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Buy this ticket' })).toBeInTheDocument();
  });

  test('then a price that changed and changed back needs one more attempt', async () => {
    createOrder.mockRejectedValueOnce(refuse(409, 'The ticket is changing just now; please try again'));
    fetchTicket.mockResolvedValue(aTicket({ version: 5 }));
    render(<Page ticket={aTicket()} />);
    await click('Buy this ticket');
    expect(screen.getByRole('alert')).toHaveTextContent('please try again');
    createOrder.mockResolvedValueOnce(anOrder());
    await click('Buy this ticket');
    expect(createOrder).toHaveBeenLastCalledWith({ ticketId: 'ticket-1', ticketVersion: 5 });
  });

  test('then a buyer whose session has expired signs in and comes back', async () => {
    createOrder.mockRejectedValue(refuse(401));
    render(<Page ticket={aTicket()} />);
    await click('Buy this ticket');
    expect(router.push).toHaveBeenCalledWith('/auth/signin?next=%2Ftickets%2Fticket-1');
  });

  test('then a failure is reported, and the button works again', async () => {
    createOrder.mockRejectedValue(refuse(503, 'orders is not available; try again soon'));
    render(<Page ticket={aTicket()} />);
    await click('Buy this ticket');
    expect(screen.getByRole('alert')).toHaveTextContent('orders is not available');
    expect(screen.getByRole('button', { name: 'Buy this ticket' })).toHaveAttribute('aria-disabled', 'false');
  });
});
