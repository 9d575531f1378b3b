import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';

const shop = useShop();

describe('when a seller withdraws a ticket', () => {
  test('then visitors see that, and can buy it again when it is back on sale', async () => {
    const seller = await (await shop.visitor()).signedUp();
    const buyer = await (await shop.visitor()).signedUp();
    const title = `Concert ${uniqueWord()}`;
    const path = `/tickets/${await seller.listed(title, 20)}`;
    await Promise.all([seller.go(path), buyer.go(path)]);
    await buyer.page.getByRole('button', { name: 'Buy this ticket' }).waitFor();
    expect(await seller.page.getByRole('button', { name: 'Buy this ticket' }).count()).toBe(0);

    await seller.press('Withdraw from sale');
    await seller.sees(/This ticket is withdrawn/);
    await buyer.sees('The seller has withdrawn this ticket.');
    const passerBy = await shop.visitor();
    await passerBy.go(`/?q=${encodeURIComponent(title)}`);
    await passerBy.reads(/No tickets found/);
    await seller.go('/tickets/mine');
    await seller.sees('Withdrawn');

    await seller.go(path);
    await seller.press('Put back on sale');
    await seller.sees('Your ticket is on sale.');
    await buyer.buys();
  });

  test('then that works without JavaScript, too', async () => {
    const seller = await (await shop.visitor({ javaScriptEnabled: false })).signedUp();
    const path = `/tickets/${await seller.listed(`Concert ${uniqueWord()}`, 20)}`;
    await seller.go(path);
    await seller.press('Withdraw from sale');
    await seller.sees(/This ticket is withdrawn/);
    await seller.press('Put back on sale');
    await seller.sees('Your ticket is on sale.');
  });
});
