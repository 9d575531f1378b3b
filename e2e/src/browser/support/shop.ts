import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSystem, type SystemHandle } from '@ticketing/embedded';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium';
import { Visitor, type VisitorOptions } from './visitor';

/** The shop has to be built first, where it has changed. */
const START_TIMEOUT_MS = 900_000;
const STOP_TIMEOUT_MS = 60_000;

export interface Shop {
  readonly url: string;
  /** Somebody with a browser of their own, signed out. */
  visitor(options?: VisitorOptions): Promise<Visitor>;
}

interface ShopOptions {
  /** How long orders are held; a system at BASE_URL has its own. */
  windowSeconds?: number;
}

/** The shop at BASE_URL, or one that is started for the test file, and a browser that goes there. */
export const useShop = ({ windowSeconds = 900 }: ShopOptions = {}): Shop => {
  let url = process.env.BASE_URL ?? '';
  let system: SystemHandle | undefined;
  let dataDir: string | undefined;
  let browser: Browser;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    if (url) return;
    dataDir = await mkdtemp(path.join(process.env.E2E_DATA_DIR ?? tmpdir(), 'ticketing-browser-'));
    system = await startSystem({
      dataDir,
      port: 0,
      client: true,
      quiet: true,
      env: {
        all: { STRIPE_KEY: undefined, STRIPE_PUBLISHABLE_KEY: undefined },
        orders: { EXPIRATION_WINDOW_SECONDS: String(windowSeconds) },
      },
    });
    url = system.url;
  }, START_TIMEOUT_MS);

  afterEach(async () => {
    const leaving = visitors.splice(0);
    await Promise.all(leaving.map((visitor) => visitor.leave()));
    for (const visitor of leaving) expect(visitor.complaints).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    if (dataDir && !process.env.E2E_DATA_DIR) await rm(dataDir, { recursive: true, force: true });
  }, STOP_TIMEOUT_MS);

  return {
    get url() {
      return url;
    },
    async visitor(options) {
      const visitor = await Visitor.arrive(browser, url, options);
      visitors.push(visitor);
      return visitor;
    },
  };
};
