#!/usr/bin/env node
/**
 * Users buy tickets while a cluster is disturbed; afterwards every purchase is accounted for.
 *
 *   node infra/drills/purchases.mjs [none|rollouts|databases|pods] [--url http://ticketing.dev] [--seconds 60] [--buyers 4]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { disturbances, readLedger, restarts } from './cluster.mjs';
import { Shopper, Tally } from './shopper.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://ticketing.dev' },
    seconds: { type: 'string', default: '60' },
    buyers: { type: 'string', default: '4' },
  },
});
const [kind = 'none'] = positionals;
if (!(kind in disturbances)) {
  console.error(`Unknown drill ${kind}: choose one of ${Object.keys(disturbances).join(', ')}.`);
  process.exit(2);
}

const tally = new Tally();
const purchases = [];
const problems = [];
let open = true;

/** For each step, after how many seconds everything was there again. */
const replaced = new Map();
const secondsSince = (began, until = Date.now()) => Number(((until - began) / 1000).toFixed(1));

const log = (message) => console.log(`${new Date().toISOString()} ${message}`);
const attempt = (promise) => promise.catch((error) => problems.push(error.message));
const signedUp = () => new Shopper(values.url, tally).signUp();

const buyOne = async (seller, buyer) => {
  const ticket = await seller.sell(`Drill ${Date.now()}`);
  await buyer.look(ticket.id);
  const order = await buyer.reserve(ticket.id);
  await buyer.pay(order.id);
  purchases.push({ ticket, order, buyer });
};

const shop = async () => {
  const [seller, buyer] = [await signedUp(), await signedUp()];
  for (let turn = 0; open; turn += 1) {
    if (turn % 5 === 0) await attempt(buyer.signIn());
    await attempt(buyOne(seller, buyer));
  }
};

const disturb = async () => {
  const until = Date.now() + Number(values.seconds) * 1000;
  await sleep(5_000);
  for (const [name, step] of await disturbances[kind]()) {
    tally.phase = name;
    log(name);
    const began = Date.now();
    await step();
    replaced.set(name, secondsSince(began));
    await sleep(5_000);
  }
  tally.phase = 'afterwards';
  await sleep(Math.max(5_000, until - Date.now()));
};

/** Checks a finished purchase from all sides. */
const account = async ({ ticket, order, buyer }) => {
  const { id } = order;
  const complete = (_, body) => body.status === 'complete';
  await attempt(buyer.until(complete, 'GET', `/api/orders/${id}`));
  const sold = (_, body) => body.status === 'sold' && body.orderId === id;
  await attempt(buyer.until(sold, 'GET', `/api/tickets/${ticket.id}`));
  const [orders, payments] = [await buyer.ordersOf(ticket.id), await buyer.paymentsOf(id)];
  if (orders.length !== 1) problems.push(`${orders.length} orders for ticket ${ticket.id}`);
  if (payments.length !== 1) problems.push(`${payments.length} payments for order ${id}`);
};

const paidCharges = async () => (await readLedger()).charges.filter(({ paid }) => paid).length;

const chargedBefore = await paidCharges();
const disturbed = disturb().finally(() => (open = false));
await Promise.all([disturbed, ...Array.from({ length: Number(values.buyers) }, shop)]);
log(`counting ${purchases.length} purchases`);
tally.phase = 'counting';
const givenUp = problems.length;
await Promise.all(purchases.map((purchase) => attempt(account(purchase))));
const charged = (await paidCharges()) - chargedBefore;
if (charged !== purchases.length) problems.push(`${charged} charges for ${purchases.length} purchases`);

const phases = [...tally.phases];
const row = ([phase, { requests, failed, began, lastFailure }]) => [
  phase,
  {
    requests,
    failed,
    'last failure after, s': lastFailure ? secondsSince(began, lastFailure) : '',
    'replaced after, s': replaced.get(phase) ?? '',
  },
];
console.table(Object.fromEntries(phases.map(row)));
for (const [phase, { failed, failures }] of phases) if (failed > 0) console.log(phase, failures);
console.log(`restarted containers: ${(await restarts()).join(', ') || 'none'}`);
const wrong = problems.length - givenUp;
console.log(`${purchases.length} purchases, ${charged} charges, ${givenUp} given up, ${wrong} wrong`);
for (const problem of problems) console.log(`  ${problem}`);
process.exit(problems.length > 0 ? 1 : 0);
