import { AxeBuilder } from '@axe-core/playwright';
import { uniqueWord } from '../support/customer';
import { waitFor } from '../support/wait-for';
import { control } from './support/bank';
import { useShop } from './support/shop';
import type { Visitor, VisitorOptions } from './support/visitor';

const shop = useShop();

interface Payment {
  status: string;
  stripeId?: string;
  amountRefunded?: number;
  dispute?: { status: string };
}

/** A buyer who has paid for a ticket, and the order's address. */
const aPurchase = async (options: VisitorOptions = {}) => {
  const seller = await (await shop.visitor()).signedUp();
  const title = `Concert ${uniqueWord()}`;
  const ticketId = await seller.listed(title, 20);
  const buyer = await (await shop.visitor(options)).signedUp();
  const answer = await buyer.context.request.post('/api/orders', { data: { ticketId } });
  const { id } = (await answer.json()) as { id: string };
  await buyer.context.request.post('/api/payments', { data: { token: 'tok_visa', orderId: id } });
  const payment = async (): Promise<Payment | undefined> => {
    const listed = await buyer.context.request.get(`/api/payments?orderId=${id}`);
    return ((await listed.json()) as Payment[]).at(-1);
  };
  const status = async () =>
    ((await (await buyer.context.request.get(`/api/orders/${id}`)).json()) as { status: string }).status;
  await waitFor('the order to be complete', status, (value) => value === 'complete');
  return { buyer, title, path: `/orders/${id}`, payment };
};

const axe = async ({ page }: Visitor) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }));
};

describe('when a buyer wants a receipt', () => {
  test('then it is a click away, and printed on one sheet without the shop’s frame', async () => {
    const { buyer, title, path } = await aPurchase();
    await buyer.go(path);
    await buyer.follow('View receipt');
    await buyer.reads('Receipt');
    await buyer.sees(title);
    await buyer.sees(buyer.email);
    expect(await axe(buyer)).toEqual([]);
    await buyer.page.evaluate('window.print = () => { window.printed = true; }');
    await buyer.press('Print');
    expect(await buyer.page.evaluate('window.printed')).toBe(true);

    await buyer.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const { page } = buyer;
    for (const role of ['banner', 'contentinfo', 'navigation', 'button'] as const)
      expect([role, await page.getByRole(role).filter({ visible: true }).allInnerTexts()]).toEqual([
        role,
        [],
      ]);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate('getComputedStyle(document.querySelector("h1")).color')).toBe(
      'rgb(28, 24, 48)',
    );
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(/\/Type\s*\/Pages[^>]*\/Count\s+(\d+)/.exec(pdf)?.[1]).toBe('1');
  });

  test('then it can be read without JavaScript, where no button prints', async () => {
    const { buyer, title, path } = await aPurchase({ javaScriptEnabled: false });
    await buyer.go(`${path}/receipt`);
    await buyer.sees(title);
    expect(await buyer.page.getByRole('button', { name: 'Print' }).filter({ visible: true }).count()).toBe(0);
  });

  test('then there is none before the order is paid, and none for others', async () => {
    const { path } = await aPurchase();
    const other = await (await shop.visitor()).signedUp();
    await other.go(`${path}/receipt`);
    await other.reads(/No seat/);
    const seller = await (await shop.visitor()).signedUp();
    await other.go(`/tickets/${await seller.listed(`Concert ${uniqueWord()}`, 20)}`);
    await other.buys();
    await other.go(`${new URL(other.page.url()).pathname}/receipt`);
    await other.reads('No receipt yet');
    expect(await axe(other)).toEqual([]);
  });
});

describe('when money goes back', () => {
  const refund = (charge: string, amount?: number) =>
    fetch(`${shop.sandboxUrl}/v1/refunds`, {
      method: 'POST',
      headers: { Authorization: 'Bearer sk_test_dashboard' },
      body: new URLSearchParams({ charge, ...(amount && { amount: String(amount) }) }),
    });

  test('then a part of it is on the receipt', async () => {
    const { buyer, path, payment } = await aPurchase();
    await refund((await payment())?.stripeId ?? '', 500);
    await waitFor('the refund', payment, (known) => known?.amountRefunded === 500);
    await buyer.go(path);
    await buyer.reads(/It’s yours/);
    await buyer.sees('Refunded in part');
    await buyer.go(`${path}/receipt`);
    await buyer.sees('-$5.00');
    await buyer.sees('$15.00');
  });

  test('then a disputed payment says so, and a lost one that the bank has returned it', async () => {
    const { buyer, path, payment } = await aPurchase();
    const charge = (await payment())?.stripeId ?? '';
    const { id } = await control<{ id: string }>(shop.sandboxUrl, 'POST', '/disputes', { charge });
    await waitFor('the dispute', payment, (known) => known?.dispute !== undefined);
    await buyer.go(path);
    await buyer.reads('You’ve disputed this payment');
    expect(await axe(buyer)).toEqual([]);
    await control(shop.sandboxUrl, 'POST', `/disputes/${id}/close`, { status: 'lost' });
    await waitFor('the decision', payment, (known) => known?.dispute?.status === 'lost');
    await buyer.page.reload();
    await buyer.reads('Your bank has returned this payment');
    expect(await axe(buyer)).toEqual([]);
    await buyer.follow('View receipt');
    await buyer.sees('Returned by your bank');
    await buyer.sees('-$20.00');
  });
});
