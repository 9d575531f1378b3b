import axios from 'axios';
import { confirmIntent, intentIdOf, openIntent as open } from './card';
import type { Customer } from './customer';

/** How the sandbox sends its events; see its README. */
export interface Plan {
  minDelayMs?: number;
  maxDelayMs?: number;
  copies?: number;
  hold?: boolean;
}

interface Event {
  id: string;
  type: string;
  data: { object: { id: string; charge?: string; latest_charge?: string } };
}

/** An open intent as the buyer's browser has it. */
export interface OpenIntent {
  intentId: string;
  clientSecret: string;
  /** The payment's id. */
  id: string;
}

/** The buyer submits the form: the order has an intent that can be confirmed. */
export const openIntent = async (buyer: Customer, orderId: string): Promise<OpenIntent> => {
  const { id, clientSecret } = await open(buyer, orderId);
  return { id, clientSecret, intentId: intentIdOf(clientSecret) };
};

/** What happens at Stripe without this shop: in the browser, in the dashboard, at the bank and on the way from there. */
export class AtStripe {
  private readonly http;

  constructor(private readonly sandboxUrl: string) {
    this.http = axios.create({ baseURL: sandboxUrl, proxy: false, validateStatus: () => true });
  }

  private async send<T>(method: string, path: string, data?: object, key = 'sk_test_dashboard'): Promise<T> {
    const isForm = path.startsWith('/v1/');
    const { status, data: body } = await this.http.request<T>({
      method,
      url: path,
      data: isForm && data ? new URLSearchParams(data as Record<string, string>) : data,
      headers: { authorization: `Bearer ${key}` },
    });
    if (status < 300) return body;
    throw new Error(`${method} ${path} at Stripe answered ${status}: ${JSON.stringify(body)}`);
  }

  /** The browser confirms an intent; a declined card is no failure of the call. */
  async confirm(intent: OpenIntent, card?: string): Promise<{ status: number }> {
    const { status } = await confirmIntent(this.sandboxUrl, intent, card);
    return { status };
  }

  refund = (charge: string, amount?: number) =>
    this.send('post', '/v1/refunds', { charge, ...(amount && { amount: String(amount) }) });

  dispute = (charge: string) => this.send<{ id: string }>('post', '/control/disputes', { charge });
  closeDispute = (id: string, status: 'won' | 'lost') =>
    this.send('post', `/control/disputes/${id}/close`, { status });

  charge = (parameters: Record<string, string>) =>
    this.send<{ id: string }>('post', '/v1/charges', parameters);

  /** Events of an object, newest first; of one type, if it is named. */
  async eventsOf(objectId: string, type?: string): Promise<Event[]> {
    const query = new URLSearchParams({ limit: '100', ...(type && { type }) });
    const { data } = await this.send<{ data: Event[] }>('get', `/v1/events?${query.toString()}`);
    return data.filter(({ data: { object } }) =>
      [object.id, object.charge, object.latest_charge].includes(objectId),
    );
  }

  follow = (plan: Plan) => this.send('put', '/control/webhooks', plan);
  release = (order: 'oldest-first' | 'newest-first') =>
    this.send<{ sent: number }>('post', '/control/webhooks/release', { order });
  sendAgain = (eventId: string, copies: number) =>
    this.send('post', `/control/events/${eventId}/send`, { copies });
}

/** Sends the event of an intent's success again, in so many copies at once. */
export const sendSuccessAgain = async (
  sandboxUrl: string,
  { clientSecret }: Pick<OpenIntent, 'clientSecret'>,
  copies: number,
): Promise<void> => {
  const stripe = new AtStripe(sandboxUrl);
  const [success] = await stripe.eventsOf(intentIdOf(clientSecret), 'payment_intent.succeeded');
  await stripe.sendAgain(success?.id ?? '', copies);
};
