import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';
import { PASSWORD, type Visitor } from './support/visitor';

const shop = useShop();

const signUp = async (visitor: Visitor) => {
  await visitor.follow('Sign up');
  await visitor.fill('Email', visitor.email);
  await visitor.fill('Password', PASSWORD);
  await visitor.press('Create account');
  await visitor.page.getByLabel(`Your account, ${visitor.email}`).waitFor();
};

/** A seller with a ticket on sale, and its page. */
const aTicket = async (price = 20) => {
  const seller = await (await shop.visitor()).signedUp();
  const title = `Concert ${uniqueWord()}`;
  return { seller, title, path: `/tickets/${await seller.listed(title, price)}` };
};

describe('when one user sells a ticket and another buys it', () => {
  test('then the order is paid, and both see it', async () => {
    const title = `Concert ${uniqueWord()}`;
    const seller = await shop.visitor();
    await seller.go('/');
    await signUp(seller);
    await seller.follow(/^Sell/);
    await seller.fill('Event', title);
    await seller.fill('Price in US dollars', '42.50');
    await seller.press('List ticket');
    await seller.reads(title);
    await seller.sees('Your ticket is on sale.');

    const buyer = await shop.visitor();
    await buyer.go('/');
    await signUp(buyer);
    await buyer.fill('Search tickets', title);
    await buyer.press('Search');
    await buyer.sees('$42.50');
    const passerBy = await shop.visitor();
    await passerBy.go(new URL(buyer.page.url()).pathname + new URL(buyer.page.url()).search);

    await buyer.follow(title);
    await buyer.buys();
    await buyer.page.getByRole('timer').waitFor();
    await seller.sees(/A buyer has reserved your ticket/);
    await passerBy.sees('Reserved');

    await buyer.pays(/4242/);
    await buyer.reads(/It’s yours/);
    await buyer.sees('Order number');
    await seller.sees('You’ve sold this ticket.');

    await buyer.follow('View my orders');
    await buyer.reads('My orders');
    await buyer.sees('Complete');
    await seller.go('/tickets/mine');
    await seller.sees('Sold');
  });
});

describe('when two browsers race for one ticket', () => {
  test('then one gets it, and the other sees that it is gone', async () => {
    const { path } = await aTicket();
    const racers = await Promise.all([shop.visitor(), shop.visitor()]);
    for (const racer of racers) {
      await racer.signedUp();
      await racer.go(path);
    }
    // Without the usual waiting for a steady button: a page must not learn of the other's click before its own.
    await Promise.all(
      racers.map((racer) =>
        racer.page.getByRole('button', { name: 'Buy this ticket' }).dispatchEvent('click'),
      ),
    );
    const outcomes = await Promise.all(
      racers.map((racer) =>
        Promise.race([
          racer.page.waitForURL(/\/orders\//).then(() => 'won'),
          racer.reads('Another buyer was faster').then(() => 'lost'),
        ]),
      ),
    );
    expect(outcomes.sort()).toEqual(['lost', 'won']);
    const loser = racers.find((racer) => racer.page.url().endsWith(path))!;
    await loser.sees(/You weren’t charged/);
  });

  test('then the loser can buy as soon as the winner gives up', async () => {
    const { path } = await aTicket();
    const [winner, loser] = await Promise.all([shop.visitor(), shop.visitor()]);
    for (const visitor of [winner, loser]) await (await visitor.signedUp()).go(path);
    await winner.buys();
    await loser.sees(/Another buyer has reserved this ticket/);
    await winner.press('Cancel order');
    await winner.reads('Order cancelled');
    await loser.buys();
  });
});

describe('when the last card that may be tried is declined', () => {
  test('then the bank’s reason is shown, and the ticket is on sale again', async () => {
    const { path } = await aTicket();
    const buyer = await (await shop.visitor()).signedUp();
    const other = await (await shop.visitor()).signedUp();
    await Promise.all([buyer.go(path), other.go(path)]);
    await buyer.buys();
    for (const left of [/2 attempts are left/, /one attempt is left/]) {
      await buyer.pays(/insufficient funds/);
      await buyer.sees(left);
    }
    await buyer.pays(/insufficient funds/);
    await buyer.reads('Your card was declined');
    await buyer.sees(/insufficient funds/);
    await other.page.getByRole('button', { name: 'Buy this ticket' }).waitFor();
    await buyer.follow('View ticket');
    await buyer.buys();
    await buyer.pays(/4242/);
    await buyer.reads(/It’s yours/);
  });
});

describe('when the seller changes the price', () => {
  test('then a buyer who has the page open confirms the new price, and pays it', async () => {
    const { seller, title, path } = await aTicket(20);
    const buyer = await (await shop.visitor()).signedUp();
    await buyer.go(path);
    await buyer.sees('$20.00');

    await seller.go(path);
    await seller.follow('Edit title or price');
    await seller.fill('Price in US dollars', '25');
    await seller.press('Save changes');
    await seller.reads(title);

    await buyer.sees('$25.00');
    await buyer.press('Buy this ticket');
    await buyer.reads('The price is now $25.00');
    await buyer.press('Buy for $25.00');
    await buyer.page.waitForURL(/\/orders\//);
    await buyer.page.getByRole('button', { name: 'Pay $25.00' }).waitFor();
  });

  test('then a buyer whose page has lost the connection sees that, and confirms the server’s price', async () => {
    const { seller, title, path } = await aTicket(20);
    const buyer = await (await shop.visitor()).signedUp();
    await buyer.go(path);
    let cut = true;
    await buyer.page.route('**/api/tickets/**', (route) => (cut ? route.abort() : route.continue()));
    await buyer.sees(/Connection lost/);

    const ticketId = path.split('/').at(-1);
    await seller.context.request.put(`/api/tickets/${ticketId}`, { data: { title, price: 30 } });
    cut = false;
    await buyer.press('Buy this ticket');
    await buyer.reads('The price is now $30.00');
    await buyer.press('No, thanks');
    await buyer.page.getByText(/Connection lost/).waitFor({ state: 'detached' });
    await buyer.sees('$30.00');
  });
});
