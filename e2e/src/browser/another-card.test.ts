import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';

const shop = useShop();

const anOrder = async () => {
  const seller = await (await shop.visitor()).signedUp();
  const path = `/tickets/${await seller.listed(`Concert ${uniqueWord()}`, 20)}`;
  const buyer = await (await shop.visitor()).signedUp();
  await buyer.go(path);
  await buyer.buys();
  return { buyer, path };
};

describe('when a card is declined', () => {
  test('then the ticket stays reserved, and another card pays for it', async () => {
    const { buyer, path } = await anOrder();
    const other = await (await shop.visitor()).signedUp();
    await buyer.pays(/insufficient funds/);
    await buyer.sees(/You can try another card: 2 attempts are left/);
    await buyer.sees('Your card has insufficient funds.');
    await other.go(path);
    await other.sees(/Another buyer has reserved this ticket/);
    await buyer.page.reload();
    await buyer.sees(/Your card has insufficient funds. You weren’t charged/);
    await buyer.go('/orders');
    await buyer.sees('Awaiting payment');
    await buyer.follow('Continue to payment');
    await buyer.pays(/4242/);
    await buyer.reads(/It’s yours/);
  });
});
