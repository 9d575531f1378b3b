import { act, fireEvent, render, screen } from '@testing-library/react';
import { api } from '@/shared/api/browser';
import { ApiError } from '@/shared/api/errors';
import { router } from '@/test/navigation';
import { aTicket } from '@/test/samples';
import { LiveCatalogue } from '../live-catalogue';
import { LocaleProvider } from '@/shared/locale/locale';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);
jest.mock('@/shared/api/browser', () => ({ api: { tickets: jest.fn(), ticket: jest.fn() } }));
const { tickets: list, ticket: one } = jest.mocked(api);

const pass = (milliseconds: number) => act(() => jest.advanceTimersByTimeAsync(milliseconds));
const ours = aTicket({ id: 'a', title: 'Ours', price: 1234.5, userId: 'me' });
const theirs = aTicket({ id: 'b', title: 'Theirs' });
const show = () =>
  render(
    <LocaleProvider locale="de-DE">
      <LiveCatalogue tickets={[ours, theirs]} query={{ limit: 24 }} userId="me" />
    </LocaleProvider>,
  );

beforeEach(() => {
  jest.resetAllMocks();
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

describe('when the landing page is open', () => {
  test('then prices are in the visitor’s way, and their own tickets are marked', () => {
    show();
    expect(
      screen.getByText('1.234,50 $', { normalizer: (text) => text.replace('\u00a0', ' ') }),
    ).toBeVisible();
    expect(screen.getAllByText(/Your ticket|from/).map(({ textContent }) => textContent)).toEqual([
      'Your ticket',
      'from ana',
    ]);
  });

  test('then a ticket that is sold says so in its place', async () => {
    list.mockResolvedValue({ tickets: [ours] });
    one.mockResolvedValue({ ...theirs, status: 'sold', version: 9 });
    show();
    await pass(5_000);
    expect(screen.getAllByRole('article')[1]).toHaveTextContent('Sold');
  });

  test('then new tickets wait for a click', async () => {
    list.mockResolvedValue({ tickets: [aTicket({ id: 'c', title: 'New' }), ours, theirs] });
    show();
    await pass(5_000);
    expect(screen.queryByText('New')).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: 'Show 1 new ticket' }));
    expect(router.refresh).toHaveBeenCalledTimes(1);
  });

  test('then a lost connection is reported, and so is its return', async () => {
    list.mockRejectedValue(new ApiError(0, [{ message: 'unreachable' }]));
    show();
    await pass(6_000);
    expect(screen.getByRole('status')).toHaveTextContent('Connection lost');
    list.mockResolvedValue({ tickets: [ours, theirs] });
    await pass(2_000);
    expect(screen.getByRole('status')).toHaveTextContent('Back online');
    await pass(3_000);
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
  });
});
