import type { SystemHandle } from '@ticketing/embedded';
import type { Browser } from 'playwright-core';
import { startForTests, START_TIMEOUT_MS, STOP_TIMEOUT_MS, type StartedSystem } from '../../support/system';
import { target } from '../../support/target';
import { launchChromium } from './chromium';
import { Visitor, type VisitorOptions } from './visitor';

export interface Shop {
  readonly url: string;
  /** Where the Stripe sandbox is reached, past the shop. */
  readonly sandboxUrl: string;
  /** The file's own system, to break. */
  readonly system: SystemHandle;
  /** A visitor with a browser profile of their own, signed out. */
  visitor(options?: VisitorOptions): Promise<Visitor>;
}

interface ShopOptions {
  /** How long tickets are reserved, in a system of the file's own; one at BASE_URL has its own configuration. */
  windowSeconds?: number;
  /** Starts a system for the file, which its tests may break. */
  own?: boolean;
  /** Stripe's, in a system of the file's own: its pages have Stripe's form in place of the sandbox's. */
  publishableKey?: string;
}

/** The shop at BASE_URL, or one that is started, and a browser to visit it. */
export const useShop = ({ windowSeconds, publishableKey, own = false }: ShopOptions = {}): Shop => {
  let started: StartedSystem | undefined;
  let browser: Browser | undefined;
  const visitors: Visitor[] = [];
  const url = () => started?.system.url ?? target().url;

  beforeAll(async () => {
    browser = await launchChromium();
    if (!own && (windowSeconds === undefined || process.env.BASE_URL)) return;
    const orders = windowSeconds ? { EXPIRATION_WINDOW_SECONDS: String(windowSeconds) } : {};
    const client = publishableKey ? { STRIPE_PUBLISHABLE_KEY: publishableKey } : {};
    started = await startForTests({ client: true, env: { orders, client } });
  }, START_TIMEOUT_MS);

  afterEach(async () => {
    const leaving = visitors.splice(0);
    await Promise.all(leaving.map((visitor) => visitor.leave()));
    for (const visitor of leaving) expect(visitor.complaints).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await started?.stop();
  }, STOP_TIMEOUT_MS);

  return {
    get url() {
      return url();
    },
    get sandboxUrl() {
      const sandboxUrl = started ? started.system.sandboxUrl : target().sandboxUrl;
      if (!sandboxUrl) throw new Error('With BASE_URL, name its Stripe sandbox in SANDBOX_URL');
      return sandboxUrl;
    },
    get system() {
      if (!started) throw new Error('Only a system of the file’s own can be broken');
      return started.system;
    },
    async visitor(options) {
      if (!browser) throw new Error('The browser did not start');
      const visitor = await Visitor.arrive(browser, url(), options);
      visitors.push(visitor);
      return visitor;
    },
  };
};
