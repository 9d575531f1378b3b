import { AxeBuilder } from '@axe-core/playwright';
import { uniqueWord } from '../support/customer';
import { waitFor } from '../support/wait-for';
import { control } from './support/bank';
import { useShop } from './support/shop';
import { PASSWORD, type Visitor, type VisitorOptions } from './support/visitor';

const shop = useShop();

/** A buyer on the page of an order that is to be paid. */
const anOrder = async (options: VisitorOptions = {}) => {
  const seller = await (await shop.visitor()).signedUp();
  const path = `/tickets/${await seller.listed(`Concert ${uniqueWord()}`, 20)}`;
  const buyer = await (await shop.visitor(options)).signedUp();
  await buyer.go(path);
  await buyer.buys();
  return { buyer, path, order: new URL(buyer.page.url()).pathname };
};
const axe = async ({ page }: Visitor) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }));
};

describe.each([
  ['with', true, 1280],
  ['without', false, 360],
] as const)('when a bank asks its customer first, %s JavaScript', (_, javaScriptEnabled, width) => {
  const options = { javaScriptEnabled, viewport: { width, height: 800 } };

  test('then who agrees has paid, and loading the page again changes nothing', async () => {
    const { buyer } = await anOrder(options);
    await buyer.pays(/3184/);
    await buyer.answers('Complete');
    await buyer.reads(/It’s yours/);
    await buyer.page.reload();
    await buyer.reads(/It’s yours/);
    expect(await buyer.payments()).toMatchObject([{ status: 'succeeded' }]);
  });

  test('then who refuses is not charged, and can pay with another card', async () => {
    const { buyer, path } = await anOrder(options);
    const other = await shop.visitor();
    await buyer.pays(/3184/);
    await buyer.answers('Fail');
    await buyer.sees(/unable to authenticate your payment method.* You weren’t charged/);
    await other.go(path);
    await other.sees(/reserved/i);
    await buyer.page.reload();
    await buyer.sees(/unable to authenticate your payment method/);
    await buyer.pays(/4242/);
    await buyer.reads(/It’s yours/);
    expect(await buyer.payments()).toMatchObject([{ status: 'succeeded' }]);
  });

  test('then a card that is declined afterwards counts, and another can be tried', async () => {
    const { buyer } = await anOrder(options);
    await buyer.pays(/8341/);
    await buyer.answers('Complete');
    await buyer.sees(
      /insufficient funds. You weren’t charged. You can try another card: 2 attempts are left/,
    );
    await buyer.pays(/3184/);
    await buyer.answers('Complete');
    await buyer.reads(/It’s yours/);
  });

  test('then who comes back without an answer can pay again, and is charged once', async () => {
    const { buyer } = await anOrder(options);
    await buyer.pays(/3184/);
    await buyer.reads('Your bank asks');
    await buyer.page.goBack();
    await buyer.page.reload();
    await buyer.sees(/You’ve begun to pay, and haven’t finished/);
    await buyer.pays(/4242/);
    await buyer.reads(/It’s yours/);
    // The bank's page is still there, and agreeing to it leads nowhere.
    const { intents } = (await (await fetch(`${shop.sandboxUrl}/ledger`)).json()) as {
      intents?: { metadata: { orderId: string }; status: string }[];
    };
    const [, orderId] = /\/orders\/(\w+)/.exec(buyer.page.url()) ?? [];
    expect(
      intents?.filter(({ metadata }) => metadata.orderId === orderId).map(({ status }) => status),
    ).toEqual(['succeeded']);
  });
});

describe('when a bank asks its customer first', () => {
  test.each(['light', 'dark'] as const)(
    'then no page on the way has a fault for axe, in %s',
    async (colorScheme) => {
      const { buyer } = await anOrder({ colorScheme });
      await buyer.pays(/3184/);
      await buyer.reads('Your bank asks');
      expect(await axe(buyer)).toEqual([]);
      await buyer.page.goBack();
      await buyer.page.reload();
      await buyer.sees(/You’ve begun to pay/);
      expect(await axe(buyer)).toEqual([]);
      await buyer.pays(/3184/);
      await buyer.answers('Fail');
      await buyer.sees(/unable to authenticate/);
      expect(await axe(buyer)).toEqual([]);
    },
  );

  test('then who was signed out meanwhile signs in, and sees the outcome', async () => {
    const { buyer, order } = await anOrder();
    await buyer.pays(/3184/);
    await buyer.reads('Your bank asks');
    await buyer.context.clearCookies();
    await buyer.press('Complete');
    await buyer.reads('Welcome back');
    await buyer.fill('Email', buyer.email);
    await buyer.fill('Password', PASSWORD);
    await buyer.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await buyer.page.waitForURL(`**${order}`);
    await buyer.reads(/It’s yours/);
  });

  test('then the shop lets no one further into the sandbox', async () => {
    const visitor = await shop.visitor();
    for (const path of [
      '/sandbox/ledger',
      '/sandbox/v1/charges',
      '/sandbox/control/webhooks',
      '/sandbox/3ds/../ledger',
    ])
      expect([path, (await visitor.context.request.get(path)).status()]).toEqual([path, 404]);
  });
});

describe('when Stripe’s event and the buyer come in either order', () => {
  const webhooks = (plan: object) => control(shop.sandboxUrl, 'PUT', '/webhooks', plan);
  afterEach(() => webhooks({}));

  test('then the buyer sees the outcome before the event has come, and the event changes nothing', async () => {
    await webhooks({ hold: true });
    const { buyer } = await anOrder();
    await buyer.pays(/3184/);
    await buyer.answers('Complete');
    await buyer.reads(/It’s yours/);
    const before = await buyer.payments();
    await control(shop.sandboxUrl, 'POST', '/webhooks/release', { order: 'newest-first' });
    await buyer.page.waitForTimeout(1_000);
    expect(await buyer.payments()).toEqual(before);
    await buyer.page.reload();
    await buyer.reads(/It’s yours/);
  });

  test('then the event pays the order of a buyer who does not come back, and who comes back sees it', async () => {
    const { buyer, order } = await anOrder();
    await buyer.page.route('**/paid?**', (route) => route.abort());
    await buyer.pays(/3184/);
    await buyer.reads('Your bank asks');
    await buyer.page.getByRole('button', { name: 'Complete' }).click({ noWaitAfter: true });
    const status = async () => {
      const answer = await buyer.context.request.get(`/api${order}`);
      return ((await answer.json()) as { status: string }).status;
    };
    await waitFor('the order to be complete', status, (value) => value === 'complete');
    await buyer.page.unroute('**/paid?**');
    await buyer.go(`${order}/paid`);
    await buyer.page.waitForURL(`**${order}`);
    await buyer.reads(/It’s yours/);
  });
});
