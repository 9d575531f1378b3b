import { ApiError } from '@/shared/api/errors';
import { aPayment } from '@/test/samples';
import { payByIntent, refreshOpen } from '../pay-by-intent';

const intent = { id: 'payment-1', clientSecret: 'pi_1_secret_2', amount: 2_000, currency: 'usd' };
const openIntent = jest.fn();
const refreshIntent = jest.fn();
const api = { openIntent, refreshIntent };
const pay = (confirmation: object) => payByIntent(api, 'order-1', () => Promise.resolve(confirmation));

beforeEach(() => {
  jest.resetAllMocks();
  openIntent.mockResolvedValue(intent);
  refreshIntent.mockResolvedValue(aPayment());
});

describe('when an order is paid by its intent', () => {
  test('then the outcome is recorded at once', async () => {
    await expect(pay({})).resolves.toBeUndefined();
    expect(refreshIntent).toHaveBeenCalledWith('payment-1');
  });

  test('then a bank that asks comes first', async () => {
    await expect(pay({ redirect: 'https://bank.example/' })).resolves.toBe('https://bank.example/');
    expect(refreshIntent).not.toHaveBeenCalled();
  });

  test('then a declined card has its reason, and how many others may be tried', async () => {
    const message = 'Your card has insufficient funds.';
    refreshIntent.mockResolvedValue(aPayment({ status: 'open', message, attemptsLeft: 1 }));
    await expect(pay({ isDeclined: true })).rejects.toMatchObject({ status: 402, message, attemptsLeft: 1 });
  });

  test('then the last declined card has none left', async () => {
    refreshIntent.mockResolvedValue(aPayment({ status: 'failed', message: 'Your card was declined.' }));
    await expect(pay({ isDeclined: true })).rejects.toMatchObject({ status: 402, attemptsLeft: undefined });
  });

  test('then a card that was declined while another paid is no problem', async () => {
    await expect(pay({ isDeclined: true })).resolves.toBeUndefined();
  });
});

describe('when Stripe is asked for what is open', () => {
  const open = aPayment({ status: 'open' });

  test('then only that is asked for', async () => {
    const done = aPayment({ id: 'payment-0', status: 'failed' });
    await expect(refreshOpen(api, [done, open])).resolves.toEqual({
      payments: [done, aPayment()],
      isConfirmed: true,
    });
    expect(refreshIntent).toHaveBeenCalledTimes(1);
  });

  test('then without an answer it is as it was, and not confirmed', async () => {
    refreshIntent.mockRejectedValue(new ApiError(503, [{ message: 'away' }]));
    await expect(refreshOpen(api, [open])).resolves.toEqual({ payments: [open], isConfirmed: false });
  });
});
