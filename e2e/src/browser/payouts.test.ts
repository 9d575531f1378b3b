import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';

const shop = useShop();

describe('when a seller looks at their payouts', () => {
  test('then a sale is owed without its fee, and no longer once it is refunded', async () => {
    const seller = await (await shop.visitor()).signedUp();
    const buyer = await (await shop.visitor()).signedUp();
    const path = `/tickets/${await seller.listed(`Concert ${uniqueWord()}`, 20)}`;
    await seller.go(path);
    await seller.sees(/You receive \$18\.70/);
    await buyer.go(path);
    await buyer.sees(/Includes a service fee of \$1\.30/);
    await buyer.buys();
    await buyer.sees(/Includes a service fee of \$1\.30/);
    await buyer.pays(/4242/);
    await buyer.reads(/It’s yours/);

    await seller.go('/tickets/mine');
    await seller.follow('Payouts');
    await seller.reads('Payouts');
    await seller.page.getByRole('row', { name: /\$20\.00 \$1\.30 \$18\.70 Owed/ }).waitFor();
    await seller.page.getByRole('table').getByRole('link').click();
    await seller.page.waitForURL(`**${path}`);
    await seller.page.getByRole('radio', { name: 'Withdraw it' }).check();
    await seller.press('Refund the buyer');
    await seller.sees('The buyer gets their money back.');
    await seller.go('/payouts');
    await seller.page.getByRole('row', { name: /\$0\.00 Refunded/ }).waitFor();
  });
});
