import type { PaymentIntent } from '@ticketing/common/api';
import axios from 'axios';
import { expectStatus, type Answer, type Customer } from './customer';
import { waitFor } from './wait-for';

interface Confirmed {
  id: string;
  status: string;
  next_action: { redirect_to_url?: { url: string } } | null;
  error?: { code: string; message: string };
}

const http = axios.create({ validateStatus: () => true, maxRedirects: 0, proxy: false });

/** Stripe's id of an intent, which its secret begins with. */
export const intentIdOf = (clientSecret: string): string => clientSecret.split('_secret_')[0] ?? '';

/** What Stripe.js does in the buyer's browser: the sandbox is given a card for the intent. */
export const confirmIntent = (
  sandboxUrl: string,
  { clientSecret }: Pick<PaymentIntent, 'clientSecret'>,
  payment_method = 'pm_card_visa',
): Promise<Answer<Confirmed>> =>
  http.post(
    `${sandboxUrl}/v1/payment_intents/${intentIdOf(clientSecret)}/confirm`,
    new URLSearchParams({
      key: 'pk_test_browser',
      client_secret: clientSecret,
      payment_method,
      return_url: 'http://shop.example/orders/1',
    }),
  );

/** The card's owner agrees on the bank's page, or does not. */
export const answerBank = async (
  { next_action }: Confirmed,
  outcome: 'complete' | 'fail',
): Promise<Answer<unknown>> =>
  http.post(next_action?.redirect_to_url?.url ?? '', new URLSearchParams({ outcome }));

/** Opens an intent as soon as the payments service has the order. */
export const openIntent = async (buyer: Customer, orderId: string): Promise<PaymentIntent> =>
  expectStatus(
    waitFor(
      `payments to have order ${orderId}`,
      () => buyer.openIntent(orderId),
      ({ status }) => status !== 404,
    ),
    201,
  );
