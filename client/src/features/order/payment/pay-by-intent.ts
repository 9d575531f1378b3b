import type { Payment, PaymentIntent } from '@ticketing/common/api';
import { ApiError } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';

/** What became of a card that was tried, as far as the one who tried it knows. */
export interface Confirmation {
  isDeclined?: boolean;
  /** Where the bank asks the card's owner first. */
  redirect?: string;
}

/**
 * Tries a card for an intent, past the shop's own services.
 * @throws ApiError where the card cannot be used at all, or where its outcome is unknown (status 0 or 5xx)
 */
export type Confirm = (intent: PaymentIntent) => Promise<Confirmation>;

/** Where the buyer comes back to from their bank. */
export const returnPath = (orderId: string): string => `/orders/${encodeURIComponent(orderId)}/paid`;

/** As a declined charge is answered: without attempts, the card was the last one. An open intent takes another. */
const declined = ({ status, message, attemptsLeft }: Payment) =>
  new ApiError(402, [{ message: message ?? 'Your card was declined.' }], {
    attemptsLeft: status === 'open' ? (attemptsLeft ?? 1) : undefined,
  });

/**
 * Pays an order through its intent.
 *
 * @returns where the buyer has to go first, if their bank asks
 * @throws ApiError 402 for a declined card, with the attempts that are left
 */
export const payByIntent = async (
  api: Pick<Marketplace, 'openIntent' | 'refreshIntent'>,
  orderId: string,
  confirm: Confirm,
): Promise<string | undefined> => {
  const intent = await api.openIntent({ orderId });
  const { isDeclined, redirect } = await confirm(intent);
  if (redirect) return redirect;
  const payment = await api.refreshIntent(intent.id);
  if (isDeclined && payment.status !== 'succeeded') throw declined(payment);
};

/** Asks Stripe for the outcome of what is open; a payment whose outcome stays unknown is as it was. */
export const refreshOpen = async (
  api: Pick<Marketplace, 'refreshIntent'>,
  payments: readonly Payment[],
  signal?: AbortSignal,
): Promise<{ payments: Payment[]; isConfirmed: boolean }> => {
  let isConfirmed = true;
  const refreshed = payments.map(async (payment) => {
    if (payment.status !== 'open') return payment;
    try {
      return await api.refreshIntent(payment.id, { signal });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      isConfirmed = false;
      return payment;
    }
  });
  return { payments: await Promise.all(refreshed), isConfirmed };
};
