import type { Payouts, Sale } from '@ticketing/common/api';
import { render, screen } from '@testing-library/react';
import { PayoutList } from '../payout-list';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);

const aSale = (changes: Partial<Sale> = {}): Sale => ({
  orderId: `order-${changes.status ?? 'owed'}`,
  ticketId: 'ticket-1',
  amount: 2_000,
  fee: 130,
  net: 1_870,
  status: 'owed',
  at: '2030-01-01T10:05:00.000Z',
  ...changes,
});
const show = (changes: Partial<Payouts> = {}) =>
  render(<PayoutList payouts={{ currency: 'usd', owed: 0, onHold: 0, paid: 0, sales: [], ...changes }} />);

test('when nothing was sold, then the page says so', () => {
  show();
  expect(screen.getByText(/No sales yet/)).toBeInTheDocument();
  expect(screen.queryByRole('table')).not.toBeInTheDocument();
});

test('when tickets were sold, then each sale says what it brings, and the totals are shown', () => {
  const undone = { fee: 0, net: 0 };
  show({
    owed: 1_870,
    onHold: 3_740,
    sales: [
      aSale(),
      aSale({ status: 'on-hold' }),
      aSale({ status: 'refunded', ...undone }),
      aSale({ status: 'lost', ticketId: undefined, ...undone }),
    ],
  });
  expect(screen.getByText('Owed to you').parentElement).toHaveTextContent('$18.70');
  expect(screen.getByText('On hold', { selector: 'dt' }).parentElement).toHaveTextContent('$37.40');
  const [, owed, held, refunded, lost] = screen.getAllByRole('row');
  expect(owed).toHaveTextContent(/\$20\.00\$1\.30\$18\.70Owed/);
  expect(held).toHaveTextContent(/\$18\.70On hold/);
  expect(refunded).toHaveTextContent(/\$20\.00\$0\.00\$0\.00Refunded/);
  expect(lost).toHaveTextContent(/Dispute lost/);
  expect(screen.getAllByRole('link')).toHaveLength(3);
});
