import { render, screen } from '@testing-library/react';
import { DEFAULT_FEE } from '@ticketing/common/limits';
import userEvent from '@testing-library/user-event';
import { api } from '@/shared/api/browser';
import { ApiError } from '@/shared/api/errors';
import { router } from '@/test/navigation';
import { aTicket } from '@/test/samples';
import { TicketForm } from '../ticket-form';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);
jest.mock('@/shared/api/browser', () => ({ api: { createTicket: jest.fn(), updateTicket: jest.fn() } }));
const server = jest.mocked(api);
const type = (label: string | RegExp, text: string) => userEvent.type(screen.getByLabelText(label), text);
const click = (name: string) => userEvent.click(screen.getByRole('button', { name }));

const posted = jest.fn();

beforeEach(() => jest.resetAllMocks());

describe('when a user sells a ticket', () => {
  test('then it is sent trimmed, with its price as a number, and shown', async () => {
    server.createTicket.mockResolvedValue(aTicket({ id: 't7' }));
    render(<TicketForm fee={DEFAULT_FEE} action={posted} />);
    await type('Event', '  Radiohead ');
    await type('Price in US dollars', '25,50');
    await click('List ticket');
    expect(server.createTicket).toHaveBeenCalledWith({ title: 'Radiohead', price: 25.5 });
    expect(router.push).toHaveBeenCalledWith('/tickets/t7');
  });

  test('then mistakes are reported at their fields before anything is sent', async () => {
    render(<TicketForm fee={DEFAULT_FEE} action={posted} />);
    await type('Price in US dollars', '0');
    await click('List ticket');
    expect(server.createTicket).not.toHaveBeenCalled();
    expect(screen.getByRole('alert')).toHaveFocus();
    expect(screen.getByRole('link', { name: 'Enter the event that the ticket is for.' })).toHaveAttribute(
      'href',
      '#ticket-title',
    );
    expect(screen.getByLabelText('Price in US dollars')).toBeInvalid();
    expect(screen.getByLabelText('Price in US dollars')).toHaveAccessibleDescription(
      /The price must be at least \$0\.50\.$/,
    );
  });

  test('then the server’s errors are reported at their fields, too', async () => {
    server.createTicket.mockRejectedValue(new ApiError(400, [{ message: 'No such act', field: 'title' }]));
    render(<TicketForm fee={DEFAULT_FEE} action={posted} />);
    await type('Event', 'x');
    await type('Price in US dollars', '5');
    await click('List ticket');
    expect(screen.getByLabelText('Event')).toHaveAccessibleDescription(/No such act/);
    expect(screen.getByRole('alert')).toHaveFocus();
  });

  test('then a listed one is changed, not listed again', async () => {
    server.updateTicket.mockResolvedValue(aTicket());
    render(<TicketForm ticket={aTicket()} fee={DEFAULT_FEE} action={posted} />);
    expect(screen.getByLabelText('Price in US dollars')).toHaveValue('20.00');
    await userEvent.clear(screen.getByLabelText('Price in US dollars'));
    await type('Price in US dollars', '30');
    await click('Save changes');
    expect(server.updateTicket).toHaveBeenCalledWith('ticket-1', { title: 'Radiohead, Zenith', price: 30 });
  });
});
