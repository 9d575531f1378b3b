import { AxeBuilder } from '@axe-core/playwright';
import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';

const shop = useShop();

describe.each([
  [360, 'light'],
  [1440, 'dark'],
] as const)('when a buyer leaves an order open, %d pixels wide, %s', (width, colorScheme) => {
  test('then every page counts the time down and leads back, until the order is paid', async () => {
    const seller = await (await shop.visitor()).signedUp();
    const title = `Concert ${uniqueWord()}`;
    const ticket = `/tickets/${await seller.listed(title, 20)}`;
    const other = `/tickets/${await seller.listed(`Concert ${uniqueWord()}`, 20)}`;
    const viewport = { width, height: 800 };
    const buyer = await (await shop.visitor({ viewport, colorScheme })).signedUp();
    const bar = buyer.page.getByRole('complementary', { name: 'Your reservation' });
    await buyer.go(ticket);
    await buyer.buys();
    await buyer.reads('Payment');
    expect(await bar.count()).toBe(0);
    await buyer.follow('ticketing');

    for (const path of ['/', other, '/orders', '/tickets/new', '/help']) {
      await buyer.go(path);
      await bar.getByText(title).waitFor();
      expect(await bar.innerText()).toMatch(/held for you\s+1[0-5]:\d\d/);
      const over = await buyer.page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([path, over]).toEqual([path, 0]);
      const { violations } = await new AxeBuilder({ page: buyer.page }).analyze();
      expect(violations.map(({ id }) => [path, id])).toEqual([]);
    }

    const link = bar.getByRole('link', { name: 'Continue to payment' });
    await link.focus();
    await buyer.page.keyboard.press('Enter');
    await buyer.pays(/4242/);
    await buyer.reads(/It’s yours/);
    // What is known of the order is from before its payment, until the orders have been read again.
    let answerOrders = (): void => undefined;
    const late = new Promise<void>((resolve) => (answerOrders = resolve));
    await buyer.page.route('**/api/orders', (route) => late.then(() => route.continue()));
    const answered = buyer.page.waitForResponse('**/api/orders');
    await buyer.follow('ticketing');
    await buyer.reads(/Be there/);
    expect(await bar.count()).toBe(0);
    answerOrders();
    await (await answered).finished();
    expect(await bar.count()).toBe(0);
  }, 90_000);
});

describe('when a seller looks at what they listed', () => {
  test('then each ticket has its state and price, and what was sold is added up', async () => {
    const seller = await (await shop.visitor()).signedUp();
    const buyer = await (await shop.visitor()).signedUp();
    const word = uniqueWord();
    const listed = (name: string, price: number) => seller.listed(`${word} ${name}`, price);
    const [open, held] = [await listed('open', 15), await listed('held', 20)];
    const sold = [await listed('sold', 30.1), await listed('sold too', 12.2)];
    const order = async (ticketId: string) => {
      const answer = await buyer.context.request.post('/api/orders', { data: { ticketId } });
      return ((await answer.json()) as { id: string }).id;
    };
    await order(held);
    for (const id of sold) {
      const data = { token: 'tok_visa', orderId: await order(id) };
      await buyer.context.request.post('/api/payments', { data });
    }
    await seller.go('/tickets/mine');
    await seller.sees('1 on sale, 1 reserved, 2 sold for $42.30.');
    const row = (name: string) => seller.page.getByRole('listitem').filter({ hasText: `${word} ${name}` });
    await row('open').getByText('On sale').waitFor();
    await row('held').getByText('A buyer is paying for it now.').waitFor();
    await row('sold too').getByText('$12.20').waitFor();
    await row('open').getByRole('link').click();
    await seller.page.waitForURL(`**/tickets/${open}`);
  });
});
