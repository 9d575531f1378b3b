import type { Order, Payment } from '@ticketing/common/api';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { api } from '@/shared/api/browser';
import { ApiError } from '@/shared/api/errors';
import { leaveFor } from '@/shared/leave-for';
import { anOrder, aPayment } from '@/test/samples';
import { LiveOrder } from '../live-order';
import { confirmAtSandbox } from '../payment/sandbox';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);
jest.mock('@/shared/api/browser', () => ({
  api: {
    order: jest.fn(),
    payments: jest.fn(),
    openIntent: jest.fn(),
    refreshIntent: jest.fn(),
    cancelOrder: jest.fn(),
  },
}));
jest.mock('@/shared/leave-for', () => ({ leaveFor: jest.fn() }));
jest.mock('../payment/sandbox', () => ({ SANDBOX_PATH: '/sandbox', confirmAtSandbox: jest.fn() }));
const {
  order: fetchOrder,
  payments: fetchPayments,
  openIntent,
  refreshIntent,
  cancelOrder,
} = jest.mocked(api);

const RENDERED = Date.parse('2030-01-01T10:05:00.000Z');
const pass = (milliseconds: number) => act(() => jest.advanceTimersByTimeAsync(milliseconds));
const serverHas = (order: Order, payments: Payment[] = []) => {
  fetchOrder.mockResolvedValue(order);
  fetchPayments.mockResolvedValue(payments);
};
const show = (order = anOrder(), payments: Payment[] = [], isUnconfirmed = false) => {
  serverHas(order, payments);
  const state = { order, payments, isUnconfirmed };
  return render(<LiveOrder state={state} renderedAt={RENDERED} pay={jest.fn()} cancel={jest.fn()} />);
};
const intent = { id: 'payment-1', clientSecret: 'pi_1_secret_2', amount: 2_000, currency: 'usd' };
/** Tries the card at the sandbox. */
const confirm = jest.fn();
/** What the bank says to the card, and what becomes of the payment. */
const bankSays = (confirmation: object, payment: Payment = aPayment()) => {
  openIntent.mockResolvedValue(intent);
  confirm.mockResolvedValue(confirmation);
  refreshIntent.mockResolvedValue(payment);
};
const click = async (name: RegExp | string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await pass(0);
};
const choose = (card: RegExp) => fireEvent.click(screen.getByRole('radio', { name: card }));

beforeEach(() => {
  jest.resetAllMocks();
  jest.mocked(confirmAtSandbox).mockReturnValue(confirm);
  jest.useFakeTimers({ now: RENDERED });
});
afterEach(() => jest.useRealTimers());

describe('when an order is open', () => {
  test('then the time left follows the server’s clock, whatever this computer’s says', async () => {
    jest.setSystemTime(RENDERED + 3_600_000);
    show();
    expect(screen.getByRole('timer')).toHaveTextContent('10:00');
    await pass(61_000);
    expect(screen.getByRole('timer')).toHaveTextContent('08:59');
  });

  test('then paying sends the chosen card once, and the receipt comes with the server’s word', async () => {
    show();
    bankSays({});
    choose(/4242/);
    fireEvent.click(screen.getByRole('button', { name: 'Pay $20.00' }));
    fireEvent.click(screen.getByRole('button', { name: /Pay/ }));
    serverHas(anOrder({ status: 'complete', version: 2 }), [aPayment()]);
    await pass(1_000);
    expect(openIntent.mock.calls).toEqual([[{ orderId: 'order-1' }]]);
    expect(jest.mocked(confirmAtSandbox).mock.calls).toEqual([
      [{ sandbox: '/sandbox', method: 'pm_card_visa', returnUrl: 'http://localhost/orders/order-1/paid' }],
    ]);
    expect(confirm.mock.calls).toEqual([[intent]]);
    expect(screen.getByRole('heading', { name: /It’s yours/ })).toHaveFocus();
    expect(screen.getByText('ORDE-R-1')).toBeInTheDocument();
    expect(screen.queryByText(/ch_1/)).not.toBeInTheDocument();
  });

  test('then a declined card is shown with the bank’s reason', async () => {
    show();
    const failed = aPayment({ status: 'failed', message: 'Your card has insufficient funds.' });
    bankSays({ isDeclined: true }, failed);
    choose(/insufficient funds/);
    await click('Pay $20.00');
    expect(screen.getByRole('heading', { name: 'Your card was declined' })).toBeInTheDocument();
    expect(screen.getByText('Your card has insufficient funds.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Pay/ })).not.toBeInTheDocument();
  });

  test('then another card can be tried after a declined one, and the page says how often', async () => {
    show();
    const message = 'Your card was declined.';
    const open = aPayment({ status: 'open', message, attemptsLeft: 2 });
    bankSays({ isDeclined: true }, open);
    serverHas(anOrder({ status: 'awaiting:payment', version: 1 }), [open]);
    await click('Pay $20.00');
    await pass(1_000);
    expect(screen.getByRole('alert')).toHaveTextContent(message);
    expect(screen.getByText(/You can try another card: 2 attempts are left/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Pay $20.00' })).toHaveAttribute('aria-disabled', 'false');
  });

  test('then the page that saw it end does not say that nothing was charged while a payment is in progress', async () => {
    show();
    openIntent.mockReturnValue(new Promise(() => undefined));
    await click('Pay $20.00');
    serverHas(anOrder({ status: 'cancelled', reason: 'expired', version: 1 }));
    await pass(3_000);
    expect(screen.queryByText(/You weren’t charged/)).not.toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Your payment is being processed' })).toBeInTheDocument();
  });

  test('then a card that could not be used can be changed', async () => {
    show();
    bankSays({});
    confirm.mockRejectedValue(new ApiError(400, [{ message: 'No such card' }]));
    await click('Pay $20.00');
    expect(screen.getByRole('alert')).toHaveTextContent('No such card');
    expect(screen.getByRole('button', { name: 'Pay $20.00' })).toHaveAttribute('aria-disabled', 'false');
  });

  test.each([0, 503])('then an unknown outcome (%d) warns against paying again', async (status) => {
    show();
    bankSays({});
    confirm.mockRejectedValue(new ApiError(status, [{ message: 'unknown' }]));
    await click('Pay $20.00');
    expect(screen.getByText(/Please don’t pay again/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Pay/ })).not.toBeInTheDocument();
    serverHas(anOrder({ status: 'complete', version: 2 }), [aPayment()]);
    await pass(1_000);
    expect(screen.getByRole('heading', { name: /It’s yours/ })).toBeInTheDocument();
  });

  test('then a payment that never arrived can be made after a while', async () => {
    show();
    openIntent.mockRejectedValue(new ApiError(0, [{ message: 'unknown' }]));
    await click('Pay $20.00');
    await pass(16_000);
    expect(screen.getByRole('button', { name: 'Pay $20.00' })).toBeInTheDocument();
  });

  test('then a card whose owner has to agree leads to the bank, and the page stays busy', async () => {
    show();
    bankSays({ redirect: 'https://bank.example/3ds' });
    choose(/3184/);
    await click('Pay $20.00');
    expect(jest.mocked(leaveFor).mock.calls).toEqual([['https://bank.example/3ds']]);
    expect(refreshIntent).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: 'Paying…' })).toBeInTheDocument();
  });

  test('then a payment that was not finished can be, and the page says that it is charged once', () => {
    show(anOrder({ status: 'awaiting:payment' }), [aPayment({ status: 'open' })]);
    expect(screen.getByText(/You’re charged once at most/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Pay $20.00' })).toBeInTheDocument();
  });

  test('then Stripe is asked while the outcome is in doubt', async () => {
    show();
    const open = aPayment({ status: 'open' });
    bankSays({}, open);
    confirm.mockRejectedValue(new ApiError(0, [{ message: 'unknown' }]));
    serverHas(anOrder({ status: 'awaiting:payment', version: 1 }), [open]);
    await click('Pay $20.00');
    await pass(3_000);
    expect(refreshIntent).toHaveBeenCalledWith('payment-1', expect.anything());
  });

  test('then its end is seen live', async () => {
    const { container } = show(anOrder({ expiresAt: '2030-01-01T10:05:03.000Z' }));
    await pass(3_000);
    expect(screen.getByText('Your time to pay is up.', { selector: '[aria-live]' })).toBeInTheDocument();
    expect(container).not.toHaveTextContent('Pay $20.00');
    serverHas(anOrder({ status: 'cancelled', reason: 'expired', version: 1 }));
    await pass(1_000);
    expect(screen.getByRole('heading', { name: 'Your reservation has expired' })).toHaveFocus();
  });

  test('then it can be cancelled', async () => {
    show();
    cancelOrder.mockImplementation(async () => {
      serverHas(anOrder({ status: 'cancelled', reason: 'buyer', version: 1 }));
      return undefined;
    });
    await click('Cancel order');
    await pass(100);
    expect(screen.getByRole('heading', { name: 'Order cancelled' })).toBeInTheDocument();
  });

  test('then a payments service that is away does not stop the order from being followed', async () => {
    show();
    fetchPayments.mockRejectedValue(new ApiError(503, [{ message: 'away' }]));
    fetchOrder.mockResolvedValue(anOrder({ status: 'cancelled', reason: 'expired', version: 1 }));
    await pass(10_000);
    expect(screen.getByRole('heading', { name: 'Your reservation has expired' })).toBeInTheDocument();
  });

  test('then a response out of order does not bring it back', async () => {
    show(anOrder({ version: 2, status: 'cancelled', reason: 'buyer' }));
    serverHas(anOrder({ version: 1 }));
    await pass(10_000);
    expect(screen.getByRole('heading', { name: 'Order cancelled' })).toBeInTheDocument();
  });
});

describe('when the buyer is back from their bank, and Stripe cannot be asked', () => {
  test('then the page waits, and shows what the bank said once it is known', async () => {
    const open = aPayment({ status: 'open' });
    refreshIntent.mockRejectedValue(new ApiError(503, [{ message: 'away' }]));
    show(anOrder({ status: 'awaiting:payment' }), [open], true);
    await pass(3_000);
    expect(screen.getByRole('heading', { name: 'We’re asking your bank' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Pay/ })).not.toBeInTheDocument();
    const message = 'We are unable to authenticate your payment method.';
    refreshIntent.mockResolvedValue({ ...open, message, attemptsLeft: 2 });
    await pass(2_000);
    expect(screen.getByText(/unable to authenticate/)).toHaveTextContent('2 attempts are left');
    expect(screen.getByRole('button', { name: 'Pay $20.00' })).toBeInTheDocument();
  });
});

describe('when nothing happens to an open order', () => {
  test('then its page asks for the order alone, and seldom', async () => {
    show();
    await pass(60_000);
    expect(fetchOrder.mock.calls.length).toBeLessThanOrEqual(6);
    expect(fetchPayments).not.toHaveBeenCalled();
  });
});

describe('when an order had ended before the page was opened', () => {
  test('then its end is shown without taking the focus', () => {
    show(anOrder({ status: 'cancelled', reason: 'buyer' }), [aPayment({ status: 'refunded' })]);
    expect(screen.getByRole('heading', { name: 'Your payment was refunded' })).not.toHaveFocus();
    expect(screen.getByText(/we refunded/)).toHaveTextContent('$20.00');
  });
});

describe('when a complete order was refunded', () => {
  test.each([
    ['seller', 'The seller refunded this order'],
    ['marketplace', 'We refunded this order'],
  ] as const)('then the page says that the %s did it, and how far it is', async (refundedBy, title) => {
    const order = anOrder({ status: 'cancelled', reason: 'refunded', refundedBy, version: 3 });
    show(order, [aPayment({ status: 'refunding' })]);
    expect(screen.getByRole('heading', { name: title })).toBeInTheDocument();
    expect(screen.getByText(/the ticket isn’t yours any more/)).toHaveTextContent('You get $20.00 back.');
    serverHas(order, [aPayment({ status: 'refunded' })]);
    await pass(20_000);
    expect(screen.getByText(/isn’t yours/)).toHaveTextContent('We sent $20.00 back to your card.');
    expect(screen.queryByText(/had already ended/)).not.toBeInTheDocument();
  });

  test('then what it cost is said, also where its payment is not known', () => {
    show(anOrder({ status: 'cancelled', reason: 'refunded', refundedBy: 'seller', version: 3 }));
    expect(screen.getByText(/isn’t yours/)).toHaveTextContent('You get $20.00 back.');
    expect(screen.getByText('Refunded')).toBeInTheDocument();
  });
});
