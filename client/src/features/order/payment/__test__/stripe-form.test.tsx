import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { loadStripe } from '@stripe/stripe-js/pure';
import { StripeForm } from '../stripe-form';
import type { Card } from '../use-payment';

const confirmPayment = jest.fn();
const elements = { submit: jest.fn() };
const group = jest.fn();
const element: { onReady?: () => void; onLoadError?: () => void } = {};

jest.mock('@stripe/stripe-js/pure', () => ({ loadStripe: jest.fn() }));
jest.mock('@stripe/react-stripe-js', () => ({
  Elements: ({ children, options }: { children: React.ReactNode; options: object }) => {
    group(options);
    return children;
  },
  PaymentElement: (props: object) => {
    Object.assign(element, props);
    return <div>Stripe’s form</div>;
  },
  useStripe: () => ({ confirmPayment }),
  useElements: () => elements,
}));

const onPay = jest.fn();
const intent = { id: 'payment-1', clientSecret: 'pi_1_secret_2', amount: 2_050, currency: 'usd' };
const show = async () => {
  await act(async () => {
    render(
      <StripeForm publishableKey="pk_test_1" orderId="order-1" price={20.5} busy={false} onPay={onPay}>
        Pay
      </StripeForm>,
    );
  });
};
const ready = () => act(() => element.onReady?.());
const card = async () => {
  await show();
  ready();
  await userEvent.click(screen.getByRole('button', { name: 'Pay' }));
  const [sent] = onPay.mock.calls[0] as [Required<Card>];
  return sent;
};

beforeEach(() => {
  jest.resetAllMocks();
  window.matchMedia = jest.fn().mockReturnValue({ matches: false });
  jest.mocked(loadStripe).mockResolvedValue({} as never);
});

describe('when there is a publishable key', () => {
  test('then Stripe shows its own form for the price, for cards alone', async () => {
    await show();
    expect(loadStripe).toHaveBeenCalledWith('pk_test_1');
    expect(group).toHaveBeenCalledWith(
      expect.objectContaining({
        mode: 'payment',
        amount: 2_050,
        currency: 'usd',
        allowedPaymentMethodTypes: ['card'],
      }),
    );
    expect(screen.getByRole('button', { name: 'Loading…' })).toHaveAttribute('aria-disabled', 'true');
  });

  test('then the form is checked first, and nothing is sent where Stripe refuses it', async () => {
    elements.submit.mockResolvedValue({ error: { message: 'Your card number is incomplete.' } });
    const { check } = await card();
    await expect(check()).rejects.toMatchObject({ status: 400, message: 'Your card number is incomplete.' });
    elements.submit.mockResolvedValue({});
    await expect(check()).resolves.toBeUndefined();
    expect(confirmPayment).not.toHaveBeenCalled();
  });

  test('then Stripe tries the card for the intent, and leads back to the order', async () => {
    const { confirm } = await card();
    confirmPayment.mockReturnValue(new Promise(() => undefined));
    void confirm(intent);
    expect(confirmPayment).toHaveBeenCalledWith({
      elements,
      clientSecret: 'pi_1_secret_2',
      confirmParams: { return_url: 'http://localhost/orders/order-1/paid' },
    });
  });

  test.each([
    ['a declined card', { type: 'card_error', message: 'Your card was declined.' }],
    [
      'an owner who does not agree',
      {
        type: 'invalid_request_error',
        code: 'payment_intent_authentication_failure',
        payment_intent: { last_payment_error: {} },
      },
    ],
  ])('then %s is one', async (_, error) => {
    const { confirm } = await card();
    confirmPayment.mockResolvedValue({ error });
    await expect(confirm(intent)).resolves.toEqual({ isDeclined: true });
  });

  test('then an intent that is paid already is none, and its outcome is asked for', async () => {
    const { confirm } = await card();
    const error = { type: 'invalid_request_error', code: 'payment_intent_unexpected_state' };
    confirmPayment.mockResolvedValue({ error });
    await expect(confirm(intent)).resolves.toEqual({ isDeclined: false });
  });

  test.each([
    ['api_connection_error', 0],
    ['validation_error', 400],
  ])('then %s has the status %d', async (type, status) => {
    const { confirm } = await card();
    confirmPayment.mockResolvedValue({ error: { type, message: 'It failed.' } });
    await expect(confirm(intent)).rejects.toMatchObject({ status, message: 'It failed.' });
  });

  test('then a script that fails to load is reported', async () => {
    jest.mocked(loadStripe).mockRejectedValue(new Error('Failed to load Stripe.js'));
    await show();
    expect(screen.getByRole('alert')).toHaveTextContent('couldn’t be loaded');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  test('then so is a form that fails to load', async () => {
    await show();
    act(() => element.onLoadError?.());
    expect(screen.getByRole('alert')).toHaveTextContent('couldn’t be loaded');
  });
});
