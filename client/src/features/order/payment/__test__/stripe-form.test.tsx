import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { loadStripe } from '@stripe/stripe-js/pure';
import { StripeForm } from '../stripe-form';

const card = { name: 'the card field' };
const createToken = jest.fn();

jest.mock('@stripe/stripe-js/pure', () => ({ loadStripe: jest.fn() }));
jest.mock('@stripe/react-stripe-js', () => ({
  Elements: ({ children }: { children: React.ReactNode }) => children,
  CardElement: () => <div>card field</div>,
  useStripe: () => ({ createToken }),
  useElements: () => ({ getElement: () => card }),
}));

const onPay = jest.fn();
const show = async () => {
  await act(async () => {
    render(
      <StripeForm publishableKey="pk_test_1" busy={false} onPay={onPay}>
        Pay
      </StripeForm>,
    );
  });
};
const tokenOfPayment = async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Pay' }));
  const [token] = onPay.mock.calls[0] as [() => Promise<string>];
  return token();
};

beforeEach(() => {
  jest.resetAllMocks();
  window.matchMedia = jest.fn().mockReturnValue({ matches: false });
  jest.mocked(loadStripe).mockResolvedValue({} as never);
});

describe('when there is a publishable key', () => {
  test('then Stripe makes the token of the card', async () => {
    createToken.mockResolvedValue({ token: { id: 'tok_1' } });
    await show();
    expect(loadStripe).toHaveBeenCalledWith('pk_test_1');
    await expect(tokenOfPayment()).resolves.toBe('tok_1');
    expect(createToken).toHaveBeenCalledWith(card);
  });

  test('then a card that Stripe refuses gives Stripe’s message', async () => {
    createToken.mockResolvedValue({ error: { message: 'Your card number is incomplete.' } });
    await show();
    await expect(tokenOfPayment()).rejects.toThrow('Your card number is incomplete.');
  });

  test('then a script that fails to load is reported', async () => {
    jest.mocked(loadStripe).mockRejectedValue(new Error('Failed to load Stripe.js'));
    await show();
    expect(screen.getByRole('alert')).toHaveTextContent('couldn’t be loaded');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
