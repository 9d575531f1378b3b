import { render, screen } from '@testing-library/react';
import { aTicket } from '@/test/samples';
import { MyTickets } from '../my-tickets';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);
jest.mock('@/shared/api/browser', () => ({ api: { tickets: jest.fn() } }));

const tickets = [
  aTicket({ id: 'a' }),
  aTicket({ id: 'b', status: 'sold', price: 30.1 }),
  aTicket({ id: 'c', status: 'sold', price: 12.2 }),
];
const COUNTS = '1 on sale, 0 reserved, 2 sold for $42.30.';

describe('when a seller’s tickets are counted', () => {
  test('then the counts are of all, where all are on the page', () => {
    render(<MyTickets page={{ tickets }} query={{ seller: 'me' }} />);
    expect(screen.getByText(/sold for/)).toHaveTextContent(COUNTS);
    expect(screen.queryByText(/On this page/)).not.toBeInTheDocument();
  });

  test('then a withdrawn one is counted, too', () => {
    render(<MyTickets page={{ tickets: [aTicket({ status: 'withdrawn' })] }} query={{ seller: 'me' }} />);
    expect(screen.getByText('0 on sale, 0 reserved, 0 sold, 1 withdrawn.')).toBeInTheDocument();
  });

  test.each([
    ['the first page', 'next', undefined],
    ['the last page', undefined, 'cursor'],
  ])('then they say so where they are of %s', (_name, next, cursor) => {
    render(<MyTickets page={{ tickets, next }} query={{ seller: 'me', cursor }} />);
    expect(screen.getByText(/sold for/)).toHaveTextContent(`On this page: ${COUNTS}`);
  });
});
