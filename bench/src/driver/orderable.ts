import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import type { DelayResult, OrderableJob } from './protocol';

/** How long a ticket may take until it can be ordered, in milliseconds. */
const LIMIT_MS = 10_000;

const headers = (cookie: string) => ({ 'content-type': 'application/json', cookie });

const post = async (
  client: Client,
  path: string,
  cookie: string,
  body: object,
): Promise<[number, string]> => {
  const answer = await client.request({
    method: 'POST',
    path,
    headers: headers(cookie),
    body: JSON.stringify(body),
  });
  return [answer.statusCode, await answer.body.text()];
};

const orderOnceListed = async (
  tickets: Client,
  orders: Client,
  { sellerCookie, cookie }: OrderableJob,
): Promise<number> => {
  const [status, text] = await post(tickets, '/api/tickets', sellerCookie, { title: 'A concert', price: 20 });
  if (status !== 201) throw new Error(`the ticket was answered with ${status}: ${text}`);
  const { id: ticketId } = JSON.parse(text) as { id: string };
  const listed = performance.now();
  for (;;) {
    const [answer, reason] = await post(orders, '/api/orders', cookie, { ticketId });
    const delay = performance.now() - listed;
    if (answer === 201) return delay;
    if (answer !== 404 || delay > LIMIT_MS)
      throw new Error(`the order was answered with ${answer}: ${reason}`);
    await sleep(1);
  }
};

/** From the 201 of a ticket to the 201 of its order, which is requested until it succeeds. */
export const measureOrderable = async (job: OrderableJob): Promise<DelayResult> => {
  const [tickets, orders] = [new Client(job.tickets), new Client(job.orders)];
  const delays: number[] = [];
  for (let i = 0; i < job.count; i += 1) delays.push(await orderOnceListed(tickets, orders, job));
  await Promise.all([tickets.close(), orders.close()]);
  return { delays };
};
