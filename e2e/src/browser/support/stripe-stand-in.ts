import type { Page } from 'playwright-core';

/** Everything of Stripe's that a page with its form asks for, apart from the bank's page. */
export const STRIPE_ORIGINS = ['https://js.stripe.com', 'https://api.stripe.com'];

/**
 * Takes the place of Stripe.js where Stripe cannot be reached. It has the calls that the shop makes, checks how they are
 * made, and confirms intents over the same API. It shows neither how Stripe's form looks nor that Stripe accepts the calls.
 */
const SCRIPT = `window.Stripe = (key) => {
  const fail = (type, message) => ({ error: { type, message } });
  const stub = () => { throw new Error('The stand-in has no such call'); };
  let chosen = '';
  const element = (listeners) => ({
    mount(node) {
      node.innerHTML = '<label>Card <input name="method"></label>';
      node.querySelector('input').addEventListener('input', (event) => { chosen = event.target.value; });
      setTimeout(() => listeners.ready?.(), 0);
    },
    on(event, listener) { listeners[event] = listener; return this; },
    off() {}, once() {}, update() {}, unmount() {}, destroy() {},
  });
  return {
    registerAppInfo() {}, _registerWrapper() {},
    createToken: stub, createPaymentMethod: stub, confirmCardPayment: stub,
    elements(options) {
      if (options.paymentMethodTypes) throw new Error('IntegrationError: paymentMethodTypes');
      window.stripeOptions = { mode: options.mode, amount: options.amount, currency: options.currency,
        allowed: options.allowedPaymentMethodTypes };
      const elements = {
        create: (type) => type === 'payment' ? element({}) : stub(),
        getElement: () => null, update() {}, fetchUpdates: async () => ({}), on() {}, off() {},
        submit: async () => {
          elements.submitted = true;
          return chosen ? {} : fail('validation_error', 'Your card number is incomplete.');
        },
      };
      return elements;
    },
    async confirmPayment({ elements, clientSecret, confirmParams }) {
      if (!elements.submitted) throw new Error('IntegrationError: elements.submit() was not called');
      const [id] = clientSecret.split('_secret_');
      const response = await fetch('https://api.stripe.com/v1/payment_intents/' + id + '/confirm', {
        method: 'POST',
        body: new URLSearchParams({ key, client_secret: clientSecret, payment_method: chosen,
          return_url: confirmParams.return_url }),
      });
      const answer = await response.json();
      if (answer.error) return { error: answer.error };
      const next = answer.next_action?.redirect_to_url.url
        ?? confirmParams.return_url + '?payment_intent=' + id + '&redirect_status=succeeded';
      window.location.assign(next);
      return new Promise(() => {});
    },
  };
};`;

/** Lets a page load the stand-in from Stripe's address, and has the sandbox answer in the name of Stripe's API. */
export const standInForStripe = async (page: Page, sandboxUrl: string): Promise<void> => {
  await page.route('https://js.stripe.com/**', (route) => {
    const [, version] = new URL(route.request().url()).pathname.split('/');
    return route.fulfill({
      contentType: 'text/javascript',
      body: `${SCRIPT}\nwindow.Stripe.version = '${version}';`,
    });
  });
  await page.route('https://api.stripe.com/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    const response = await route.fetch({ url: `${sandboxUrl}${pathname}` });
    await route.fulfill({ response });
  });
};
