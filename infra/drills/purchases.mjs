#!/usr/bin/env node
/**
 * People buy tickets while a cluster is disturbed; afterwards every purchase is accounted for.
 *
 *   node infra/drills/purchases.mjs [none|rollouts|databases] [--url http://ticketing.dev] [--seconds 60] [--buyers 4]
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
const kind = positionals[0] ?? 'none';
if (!(kind in disturbances)) {
  console.error(`Unknown drill ${kind}: choose one of ${Object.keys(disturbances).join(', ')}.`);
  process.exit(2);
}

const tally = new Tally();
const purchases = [];
const broken = [];
let open = true;

const shopper = () => new Shopper(values.url, tally).signUp();

const buyOne = async (seller, buyer, number) => {
  const ticket = await seller.sell(`Drill ${number} ${Date.now()}`);
  await buyer.look(ticket.id);
  const order = await buyer.reserve(ticket.id);
  await buyer.pay(order.id);
  purchases.push({ ticket, order, buyer });
};

const shop = async (number) => {
  const [seller, buyer] = [await shopper(), await shopper()];
  for (let turn = 0; open; turn += 1) {
    try {
      if (turn % 5 === 0) await buyer.signIn();
      await buyOne(seller, buyer, number);
    } catch (error) {
      broken.push(error.message);
    }
  }
};

const disturb = async () => {
  const until = Date.now() + Number(values.seconds) * 1000;
  await sleep(5_000);
  for (const [name, deed] of await disturbances[kind]()) {
    tally.phase = name;
    console.log(`${new Date().toISOString()} ${name}`);
    await deed();
    await sleep(5_000);
  }
  tally.phase = 'afterwards';
  await sleep(Math.max(5_000, until - Date.now()));
};

/** What one finished purchase must look like from all sides; anything else is told. */
const problemsOf = async ({ ticket, order, buyer }) => {
  const problems = [];
  const complete = ({ status, json }) => status === 200 && json().status === 'complete';
  await buyer
    .until('complete', complete, 'GET', `/api/orders/${order.id}`)
    .catch((error) => problems.push(`lost: ${error.message}`));
  const sold = ({ status, json }) =>
    status === 200 && json().status === 'sold' && json().orderId === order.id;
  await buyer
    .until('sold', sold, 'GET', `/api/tickets/${ticket.id}`)
    .catch((error) => problems.push(`lost: ${error.message}`));
  const orders = await buyer.ordersOf(ticket.id);
  if (orders.length !== 1) problems.push(`doubled: ${orders.length} orders for ticket ${ticket.id}`);
  const paid = (await buyer.paymentsOf(order.id)).filter(({ status }) => status === 'succeeded');
  if (paid.length !== 1) problems.push(`${paid.length} payments for order ${order.id}`);
  return problems;
};

const paidCharges = async () => (await readLedger()).charges.filter(({ paid }) => paid).length;

const chargedBefore = await paidCharges();
const disturbed = disturb().finally(() => {
  open = false;
});
await Promise.all([disturbed, ...Array.from({ length: Number(values.buyers) }, (_, number) => shop(number))]);
console.log(`${new Date().toISOString()} counting ${purchases.length} purchases`);
tally.phase = 'counting';
const problems = (await Promise.all(purchases.map(problemsOf))).flat();
const charged = (await paidCharges()) - chargedBefore;
if (charged !== purchases.length) problems.push(`${charged} charges for ${purchases.length} purchases`);

console.table(
  Object.fromEntries([...tally.phases].map(([phase, { requests, failed }]) => [phase, { requests, failed }])),
);
for (const [phase, { failures }] of tally.phases)
  if (Object.keys(failures).length > 0) console.log(phase, failures);
console.log(`restarted containers: ${(await restarts()).join(', ') || 'none'}`);
console.log(
  `${purchases.length} purchases, ${charged} charges, ${broken.length} given up, ${problems.length} wrong`,
);
for (const problem of [...broken, ...problems]) console.log(`  ${problem}`);
process.exit(broken.length + problems.length > 0 ? 1 : 0);
