import { AxeBuilder } from '@axe-core/playwright';
import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';
import { standInForStripe, STRIPE_ORIGINS } from './support/stripe-stand-in';

/** The client has a key, and payments go to the sandbox all the same: only Stripe.js is missing on this side of it. */
const shop = useShop({ own: true, publishableKey: `pk_test_${'b'.repeat(24)}` });

const anOrder = async () => {
  const seller = await (await shop.visitor()).signedUp();
  const path = `/tickets/${await seller.listed(`Concert ${uniqueWord()}`, 20.5)}`;
  const foreign = [...STRIPE_ORIGINS, new URL(shop.sandboxUrl).origin];
  const buyer = await (await shop.visitor({ foreign })).signedUp();
  await standInForStripe(buyer.page, shop.sandboxUrl);
  await buyer.go(path);
  await buyer.buys();
  const pays = async (method: string) => {
    await buyer.fill('Card', method);
    await buyer.press('Pay $20.50');
  };
  return { buyer, pays };
};

describe('when the shop has a key for Stripe', () => {
  test('then the page’s policy lets Stripe’s form in, and the form is for the price, for cards alone', async () => {
    const { buyer, pays } = await anOrder();
    await buyer.page.getByLabel('Card').waitFor();
    expect(await buyer.page.evaluate('window.stripeOptions')).toEqual({
      mode: 'payment',
      amount: 2050,
      currency: 'usd',
      allowed: ['card'],
    });
    expect((await new AxeBuilder({ page: buyer.page }).analyze()).violations).toEqual([]);
    await buyer.press('Pay $20.50');
    await buyer.sees('Your card number is incomplete.');
    expect(await buyer.payments()).toEqual([]);
    await pays('pm_card_visa');
    await buyer.reads(/It’s yours/);
    expect(await buyer.payments()).toMatchObject([{ status: 'succeeded', amount: 2050 }]);
    expect(new URL(buyer.page.url()).search).toBe('');
  });

  test('then a declined card stays on the page with its reason, and another pays', async () => {
    const { buyer, pays } = await anOrder();
    await pays('pm_card_chargeDeclinedInsufficientFunds');
    await buyer.sees('Your card has insufficient funds.');
    await buyer.sees(/You can try another card: 2 attempts are left/);
    await pays('pm_card_visa');
    await buyer.reads(/It’s yours/);
  });

  test('then the bank’s page leads back to the order', async () => {
    const { buyer, pays } = await anOrder();
    await pays('pm_card_authenticationRequired');
    await buyer.answers('Fail');
    await buyer.sees(/unable to authenticate/);
    await pays('pm_card_authenticationRequired');
    await buyer.answers('Complete');
    await buyer.reads(/It’s yours/);
  });

  test('then the sandbox is not let through, and without JavaScript the page says what is missing', async () => {
    const { buyer } = await anOrder();
    expect((await buyer.context.request.get('/sandbox/3ds/pi_1')).status()).toBe(404);
    const reader = await shop.visitor({
      javaScriptEnabled: false,
      storageState: await buyer.context.storageState(),
    });
    await reader.go(new URL(buyer.page.url()).pathname);
    await reader.sees(/which needs JavaScript/);
  });
});
