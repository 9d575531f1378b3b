import escape from 'escape-html';
import express, { Router } from 'express';
import type Stripe from 'stripe';
import { StripeError } from './errors';
import { authenticate, findIntent } from './intents';
import type { Ledger } from './ledger';

const page = (content: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stripe sandbox: 3-D Secure</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 26rem; padding: 0 1rem; }
button { font: inherit; min-height: 2.75rem; padding: 0.4rem 1.2rem; margin-right: 0.5rem; }
</style>
<main>
<h1>Your bank asks</h1>
${content}
</main>
</html>
`;

const amountOf = ({ amount, currency }: Stripe.PaymentIntent): string =>
  `${(amount / 100).toFixed(2)} ${currency.toUpperCase()}`;

const question = (intent: Stripe.PaymentIntent): string =>
  page(`<p>Do you agree to pay <strong>${escape(amountOf(intent))}</strong>? No real money is moved.</p>
<form method="post">
<button name="outcome" value="complete">Complete</button>
<button name="outcome" value="fail">Fail</button>
</form>`);

const over = page('<p>There is nothing to agree to any more.</p>');
const isAsked = ({ status }: Stripe.PaymentIntent): boolean => status === 'requires_action';

/** Where the browser goes next, as Stripe says it there. */
const returnTo = (url: string, intent: Stripe.PaymentIntent): string => {
  const to = new URL(url);
  to.searchParams.set('payment_intent', intent.id);
  to.searchParams.set('payment_intent_client_secret', String(intent.client_secret));
  to.searchParams.set('redirect_status', intent.status === 'succeeded' ? 'succeeded' : 'failed');
  return to.href;
};

/** The page on which a card's owner agrees to a payment or not, to be mounted at /3ds. */
export const threeDSecure = (ledger: Ledger): Router => {
  const router = Router();
  router.use(express.urlencoded({ extended: false }));
  const intentOf = (id: string, secret: unknown): Stripe.PaymentIntent => {
    const intent = findIntent(ledger, id);
    if (intent.client_secret === secret) return intent;
    throw new StripeError(401, 'invalid_request_error', 'The client secret is another one.');
  };

  router.get('/:id', (req, res) => {
    const intent = intentOf(req.params.id, req.query.client_secret);
    res.send(isAsked(intent) ? question(intent) : over);
  });
  router.post('/:id', (req, res, next) => {
    const { outcome } = req.body as { outcome?: string };
    const answer = async (): Promise<void> => {
      const asked = intentOf(req.params.id, req.query.client_secret);
      // Paid with another card, or cancelled, while this page was open.
      if (!isAsked(asked)) return void res.send(over);
      const { next_action } = asked;
      const intent = await authenticate(ledger, req.params.id, outcome === 'complete');
      const back = next_action?.redirect_to_url?.return_url;
      if (back) res.redirect(303, returnTo(back, intent));
      else res.send(page(`<p>The payment is ${escape(intent.status)}. You can close this page.</p>`));
    };
    answer().catch(next);
  });
  return router;
};
