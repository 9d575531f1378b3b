import { DEFAULT_FEE } from '@ticketing/common/limits';
import { fireEvent, render, screen } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { aTicket } from '@/test/samples';
import { LiveTicket } from '../live-ticket';
import { TicketForm } from '../ticket-form';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);
jest.mock('@/shared/api/browser', () => ({ api: { ticket: jest.fn() } }));

const NONE = { percent: 0, fixed: 0 };
const page = (userId?: string, fee = DEFAULT_FEE, ticket = aTicket()) => (
  <LiveTicket
    state={{ ticket, mine: false }}
    userId={userId}
    fee={fee}
    buy={jest.fn()}
    sell={{ changeSale: jest.fn(), refund: jest.fn() }}
  />
);
const text = (html: string) => html.replace(/<[^>]*>/g, '');

describe('when the marketplace keeps a service fee', () => {
  test.each([undefined, 'buyer'])('then the ticket’s page says so before buying, to %s', (userId) => {
    expect(text(renderToString(page(userId)))).toContain('Includes a service fee of $1.30.');
  });

  test('then the seller reads what they receive, and not of a sold ticket, whose order has its own fee', () => {
    const { container, rerender } = render(page('seller'));
    expect(container).toHaveTextContent('You receive $18.70 when it’s sold (service fee: $1.30).');
    rerender(page('seller', DEFAULT_FEE, aTicket({ status: 'sold', orderId: 'order-1' })));
    expect(container).toHaveTextContent('You’ve sold this ticket.');
  });

  test('then a seller who types a price reads at once what they receive, and the server renders it, too', () => {
    const form = <TicketForm ticket={aTicket()} fee={DEFAULT_FEE} action={jest.fn()} />;
    expect(text(renderToString(form))).toContain('You receive $18.70 when it’s sold');
    render(form);
    const price = screen.getByLabelText('Price in US dollars');
    fireEvent.change(price, { target: { value: '50' } });
    expect(price).toHaveAccessibleDescription(
      /^You receive \$47\.20 when it’s sold \(service fee: \$2\.80 ?\)\.$/,
    );
    fireEvent.change(price, { target: { value: 'x' } });
    expect(price).toHaveAccessibleDescription('What you receive is shown here.');
  });
});

describe('when there is no fee', () => {
  test('then no page speaks of one', () => {
    expect(text(renderToString(page('buyer', NONE)))).not.toMatch(/fee/);
    expect(text(renderToString(page('seller', NONE)))).toContain('You receive $20.00 when it’s sold.');
  });
});
