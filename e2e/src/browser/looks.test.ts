import { AxeBuilder } from '@axe-core/playwright';
import { uniqueWord } from '../support/customer';
import { waitFor } from '../support/wait-for';
import { useShop } from './support/shop';
import { PASSWORD, type Visitor } from './support/visitor';

const shop = useShop();

const customer = async (width: number) =>
  (await shop.visitor({ viewport: { width, height: 800 } })).signedUp();

/** Everything that a finger has to hit and cannot; links within a sentence are as high as their line. */
const SMALL_TARGETS = `[...document.querySelectorAll('a, button, summary, input:not([type=hidden]), label:has(input)')]
  .filter((element) => element.checkVisibility() && !element.closest('p, dd, label:not(:scope)'))
  .filter((element) => !element.matches('.visually-hidden-focusable:not(:focus)'))
  .map((element) => ({
    text: (element.textContent || element.name || element.id).trim(),
    height: Math.round((element.matches('.stretched-link') ? element.closest('article, li') : element).getBoundingClientRect().height),
  }))
  .filter(({ height }) => height < 44)`;

const BORDER = "getComputedStyle(document.querySelector('#ticket-title')).borderColor";

describe.each([360, 1440])('in a window %d pixels wide', (width) => {
  test('when a visitor follows a link from far down a page, then the next page is at its top at once', async () => {
    const word = uniqueWord();
    const seller = await (await shop.visitor()).signedUp();
    for (let price = 1; price <= 12; price += 1) await seller.listed(`${word} row ${price}`, price);
    const visitor = await shop.visitor({ viewport: { width, height: 500 } });
    await visitor.go(`/?q=${word}`);
    const last = visitor.page.getByRole('article').last();
    await last.scrollIntoViewIfNeeded();
    expect(await visitor.page.evaluate('scrollY')).toBeGreaterThan(200);
    // The link's own page may still scroll; from the moment that the next one is there, no frame may.
    await visitor.page.evaluate(`(() => {
      window.positions = [];
      const note = () => {
        if (document.querySelector('h1')?.textContent.includes('${word}')) window.positions.push(scrollY);
        requestAnimationFrame(note);
      };
      note();
    })()`);
    await last.getByRole('link').click();
    await visitor.page.getByRole('heading', { level: 1, name: word }).waitFor();
    await visitor.page.waitForTimeout(400);
    const positions = await visitor.page.evaluate<number[]>('window.positions');
    expect([...new Set(positions)]).toEqual([0]);
  });

  test('when a seller’s tickets are listed, then nothing touches anything else', async () => {
    const seller = await customer(width);
    await seller.listed(`Concert ${uniqueWord()}`, 20);
    await seller.go('/tickets/mine');
    const bottom = async (name: string) => {
      const box = await seller.page.getByRole('link', { name }).boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    const row = await seller.page.getByRole('main').getByRole('listitem').boundingBox();
    expect((row?.y ?? 0) - (await bottom('Sell another ticket'))).toBeGreaterThanOrEqual(8);
  });

  test('when the ticket’s text is long, then its poster is as high as the ticket', async () => {
    const seller = await customer(width);
    const id = await seller.listed(`${uniqueWord()} ${'and a very long evening of music '.repeat(5)}`, 20);
    await seller.go(`/tickets/${id}`);
    const poster = await seller.page.locator('article svg').first().boundingBox();
    const ticket = await seller.page.getByRole('article').boundingBox();
    const [top, height] = [poster?.y, poster?.height ?? 0];
    expect(top).toBe(ticket?.y);
    // One pixel more: where the screen's pixels do not match the page's, the paper would shine through.
    expect(height).toBe(width < 768 ? 208 : (ticket?.height ?? 0) + 1);
  });

  test('when a field is invalid, then its border is red, with and without the focus', async () => {
    const seller = await customer(width);
    for (const [colorScheme, red] of [
      ['light', 'rgb(168, 30, 37)'],
      ['dark', 'rgb(255, 170, 166)'],
    ] as const) {
      await seller.page.emulateMedia({ colorScheme });
      const isRed = () =>
        waitFor(
          'a red border',
          () => seller.page.evaluate(BORDER),
          (color) => color === red,
        );
      await seller.go('/tickets/new');
      await seller.press('List ticket');
      await seller.sees('Enter the event that the ticket is for.');
      await isRed();
      await seller.page.getByLabel('Event').focus();
      await isRed();
      expect((await new AxeBuilder({ page: seller.page }).analyze()).violations).toEqual([]);
    }
  });

  test('when one form follows another, then only the latest message is shown', async () => {
    const user = await customer(width);
    await user.go('/account');
    const form = (name: string) => user.page.getByRole('form', { name: `Change your ${name}` });
    const change = async (name: string, value: string, password = PASSWORD) => {
      await form(name).getByLabel(`New ${name}`).fill(value);
      await form(name).getByLabel('Current password').fill(password);
      await form(name).getByRole('button', { name: 'Save' }).click();
    };
    await change('password', 'battery-staple', 'wrong');
    await form('password').getByRole('alert').waitFor();
    await change('email', `new-${user.email}`);
    await user.sees('Your email has been changed.');
    expect(await user.page.getByRole('main').getByRole('alert').count()).toBe(0);
    await change('password', 'battery-staple');
    await user.sees('Your password has been changed.');
    expect(await user.page.getByText('Your email has been changed.').count()).toBe(0);
  });

  test('when a seller’s session has ended, then what they typed is there after signing in', async () => {
    const seller = await customer(width);
    const title = `Concert ${uniqueWord()} & “friends”`;
    await seller.go('/tickets/new');
    await seller.fill('Event', title);
    await seller.fill('Price in US dollars', '42.50');
    await seller.context.clearCookies();
    await seller.press('List ticket');
    await seller.reads('Welcome back');
    await seller.fill('Email', seller.email);
    await seller.fill('Password', PASSWORD);
    await seller.press('Sign in');
    await seller.reads('Sell a ticket');
    expect(await seller.page.getByLabel('Event').inputValue()).toBe(title);
    expect(await seller.page.getByLabel('Price in US dollars').inputValue()).toBe('42.50');
    await seller.press('List ticket');
    await seller.reads(title);
    await seller.sees('$42.50');
  });

  test('when a price has a separator for thousands, then it is refused, and no other price is previewed', async () => {
    const seller = await customer(width);
    await seller.go('/tickets/new');
    await seller.fill('Event', 'Concert');
    await seller.fill('Price in US dollars', '1,000');
    const preview = seller.page.getByRole('article', { includeHidden: true });
    expect(await preview.innerText()).not.toMatch(/\$[\d.]/);
    await seller.press('List ticket');
    await seller.page
      .getByRole('alert')
      .getByText(/without a separator for thousands/)
      .waitFor();
    await seller.fill('Price in US dollars', '1000');
    expect(await preview.innerText()).toContain('$1,000.00');
  });

  test('when a title has characters that turn the writing direction, then they are left out', async () => {
    const seller = await customer(width);
    const word = uniqueWord();
    await seller.go('/tickets/new');
    await seller.fill('Event', `\u202e${word} live\u202c`);
    await seller.fill('Price in US dollars', '20');
    await seller.press('List ticket');
    await seller.reads(`${word} live`);
    const id = await seller.listed(`\u2066${word}\u202e again`, 20);
    const stored = await seller.context.request.get(`/api/tickets/${id}`);
    expect(((await stored.json()) as { title: string }).title).toBe(`${word} again`);
    // What was stored before is kept from the text around it.
    expect(await seller.page.getByRole('heading', { level: 1 }).locator('bdi').count()).toBe(1);
  });

  test('when a visitor chooses a password, then they can see it, and how hard it is to guess', async () => {
    const visitor = await shop.visitor({ viewport: { width, height: 800 } });
    await visitor.go('/auth/signup');
    const field = visitor.page.getByLabel('Password');
    await field.fill('1234');
    await visitor.sees(/Easy to guess/);
    await field.fill('gravel onion tuba');
    await visitor.sees(/Hard to guess/);
    await field.press('Tab');
    await visitor.page.keyboard.press('Enter');
    expect(await field.getAttribute('type')).toBe('text');
    expect((await new AxeBuilder({ page: visitor.page }).analyze()).violations).toEqual([]);
    await visitor.press('Hide password');
    expect(await field.getAttribute('type')).toBe('password');
    await visitor.fill('Email', visitor.email);
    await visitor.press('Create account');
    await visitor.page.getByLabel(`Your account, ${visitor.email}`).waitFor();
  });
});

describe('when the window is 360 pixels wide', () => {
  test('then a finger can hit everything: it is at least 44 pixels high', async () => {
    const word = uniqueWord();
    const seller = await (await shop.visitor()).signedUp();
    const ticketId = await seller.listed(`${word} at the Opera`, 20);
    const buyer = await customer(360);
    const guest = await shop.visitor({ viewport: { width: 360, height: 800 } });
    const own = await buyer.listed(`${word} in the park`, 20);
    const small: unknown[] = [];
    const look = async (visitor: Visitor, path: string) => {
      await visitor.go(path);
      await waitFor(
        'the page',
        () => visitor.page.getByRole('heading').count(),
        (count) => count > 0,
      );
      for (const target of await visitor.page.evaluate<object[]>(SMALL_TARGETS))
        small.push({ path, ...target });
    };
    for (const path of ['/', `/?q=${word}`, '/auth/signin', '/auth/signup', `/tickets/${ticketId}`])
      await look(guest, path);
    const order = await buyer.context.request.post('/api/orders', { data: { ticketId } });
    const { id } = (await order.json()) as { id: string };
    for (const path of [
      `/tickets/${own}`,
      `/tickets/${own}/edit`,
      '/tickets/new',
      '/tickets/mine',
      '/account',
      '/orders',
      `/orders/${id}`,
    ])
      await look(buyer, path);
    await buyer.context.request.post('/api/payments', { data: { token: 'tok_visa', orderId: id } });
    for (const path of [`/orders/${id}`, `/orders/${id}/receipt`]) await look(buyer, path);
    await buyer.page.getByLabel(`Your account, ${buyer.email}`).click();
    small.push(...(await buyer.page.evaluate<object[]>(SMALL_TARGETS)));
    await buyer.go('/tickets/new');
    await buyer.press('List ticket');
    await buyer.sees('Enter the event that the ticket is for.');
    small.push(...(await buyer.page.evaluate<object[]>(SMALL_TARGETS)));
    expect(small).toEqual([]);
  });
});
