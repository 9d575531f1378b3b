import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';
import type { Visitor, VisitorOptions } from './support/visitor';

const shop = useShop();

/** A seller and a buyer after a sale, the buyer on the order's page. */
const sale = async (options: VisitorOptions = {}) => {
  const seller = await (await shop.visitor(options)).signedUp();
  const buyer = await (await shop.visitor()).signedUp();
  const path = `/tickets/${await seller.listed(`Concert ${uniqueWord()}`, 20)}`;
  await buyer.go(path);
  await buyer.buys();
  await buyer.pays(/4242/);
  await buyer.reads(/It’s yours/);
  return { seller, buyer, path };
};

const refunds = async (seller: Visitor, path: string, choice: string) => {
  await seller.go(path);
  await seller.sees('You’ve sold this ticket.');
  await seller.page.getByRole('radio', { name: choice }).check();
  await seller.press('Refund the buyer');
  await seller.sees('The buyer gets their money back.');
};

describe('when a seller refunds a sold ticket', () => {
  test('then the buyer is told by whom, and the ticket is on sale again', async () => {
    const { seller, buyer, path } = await sale();
    await seller.go(path);
    await seller.press('Refund the buyer');
    await seller.sees('Choose what happens to the ticket.');
    await refunds(seller, path, 'Put it back on sale');
    await seller.sees('Your ticket is on sale.');

    await buyer.page.reload();
    await buyer.reads('The seller refunded this order');
    await buyer.sees(/We sent \$20\.00 back to your card/);
    await buyer.go('/orders');
    await buyer.sees('Refunded');
    await buyer.go(path);
    await buyer.buys();
  });

  test('then that works without JavaScript, too', async () => {
    const { seller, path } = await sale({ javaScriptEnabled: false });
    await seller.go(path);
    await seller.press('Refund the buyer');
    await seller.sees('Choose what happens to the ticket.');
    await refunds(seller, path, 'Withdraw it');
    await seller.sees(/This ticket is withdrawn/);
  });
});
