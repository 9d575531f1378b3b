import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { uniqueEmail } from '../../support/customer';

export interface VisitorOptions extends BrowserContextOptions {
  /** Origins beside the shop's own that its pages may ask. */
  foreign?: readonly string[];
}

const ACTION_TIMEOUT_MS = 20_000;
export const PASSWORD = 'correct-horse';

/** Responses other than 2xx are part of the journeys; everything else on the console is the shop's fault. */
const EXPECTED = /^Failed to load resource/;

/** A visitor with a browser profile of their own; keeps the browser's complaints: errors, blocked scripts, foreign hosts. */
export class Visitor {
  readonly complaints: string[] = [];
  readonly email = uniqueEmail();

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly url: string,
    private readonly foreign: readonly string[],
  ) {}

  static async arrive(
    browser: Browser,
    url: string,
    { foreign = [], ...options }: VisitorOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: url,
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
      // A development cluster signs its own certificate.
      ignoreHTTPSErrors: true,
      ...options,
    });
    context.setDefaultTimeout(ACTION_TIMEOUT_MS);
    const visitor = new Visitor(context, await context.newPage(), url, foreign);
    visitor.listen();
    return visitor;
  }

  leave = () => this.context.close();

  /** Signed up without the form, for journeys that are about something else. */
  async signedUp(): Promise<this> {
    const answer = await this.context.request.post('/api/users/signup', {
      data: { email: this.email, password: PASSWORD },
    });
    if (!answer.ok()) throw new Error(`Signing up was answered ${answer.status()}: ${await answer.text()}`);
    return this;
  }

  /** Puts a ticket on sale without the form; gives its id. */
  async listed(title: string, price: number): Promise<string> {
    const answer = await this.context.request.post('/api/tickets', { data: { title, price } });
    if (!answer.ok()) throw new Error(`Listing was answered ${answer.status()}: ${await answer.text()}`);
    return ((await answer.json()) as { id: string }).id;
  }

  go = (path: string) => this.page.goto(path);

  /** Waits until a heading says this. */
  reads = (text: string | RegExp) => this.page.getByRole('heading', { name: text }).first().waitFor();

  sees = (text: string | RegExp) => this.page.getByText(text).filter({ visible: true }).first().waitFor();

  press = (name: string | RegExp) => this.page.getByRole('button', { name }).click();

  follow = (name: string | RegExp) => this.page.getByRole('link', { name }).first().click();

  fill = (label: string | RegExp, text: string) => this.page.getByLabel(label).fill(text);

  /** From a ticket's page to the page of the order. */
  async buys(): Promise<void> {
    await this.press('Buy this ticket');
    await this.page.waitForURL(/\/orders\/\w+$/);
  }

  async pays(card: RegExp): Promise<void> {
    await this.page.getByRole('radio', { name: card }).check();
    await this.press(/^Pay /);
  }

  /** On the bank's page, where a card's owner agrees to a payment or not. */
  async answers(outcome: 'Complete' | 'Fail'): Promise<void> {
    await this.reads('Your bank asks');
    await this.press(outcome);
    await this.page.waitForURL(/\/orders\/\w+$/);
  }

  /** The payments of the order whose page is open. */
  async payments(): Promise<{ status: string; attemptsLeft?: number }[]> {
    const [, orderId = ''] = /\/orders\/(\w+)/.exec(this.page.url()) ?? [];
    const answer = await this.context.request.get(`/api/payments?orderId=${orderId}`);
    return (await answer.json()) as { status: string; attemptsLeft?: number }[];
  }

  /** On the account page, with the password that the visitor signed up with. */
  async changes(name: 'email' | 'password', value: string): Promise<void> {
    const form = this.page.getByRole('form', { name: `Change your ${name}` });
    await form.getByLabel(`New ${name}`).fill(value);
    await form.getByLabel('Current password').fill(PASSWORD);
    await form.getByRole('button', { name: 'Save' }).click();
    await this.sees(`Your ${name} has been changed.`);
  }

  private listen(): void {
    const { page, complaints } = this;
    const known = [new URL(this.url).origin, ...this.foreign];
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      const isComplaint = ['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text());
      if (isComplaint) complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && !known.includes(url.origin))
        complaints.push(`${page.url()} requested a foreign host: ${url.href}`);
    });
  }
}
