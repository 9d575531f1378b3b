import axios from 'axios';
import { expectStatus, type Customer } from './customer';
import { waitFor } from './wait-for';

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
  const open = () =>
    buyer.request<{ id: string; clientSecret: string }>('post', '/api/payments/intents', { orderId });
  const answer = waitFor(`payments to have order ${orderId}`, open, ({ status }) => status !== 404);
  const { id, clientSecret } = await expectStatus(answer, 201);
  return { id, clientSecret, intentId: clientSecret.split('_secret_')[0] ?? '' };
};

/** What happens at Stripe without this shop: in the browser, in the dashboard, at the bank and on the way from there. */
export class AtStripe {
  private readonly http;

  constructor(sandboxUrl: string) {
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
  async confirm({ intentId, clientSecret }: OpenIntent, card = 'pm_card_visa'): Promise<{ status: number }> {
    const { status } = await this.http.post(
      `/v1/payment_intents/${intentId}/confirm`,
      new URLSearchParams({ payment_method: card, client_secret: clientSecret }),
      { headers: { authorization: 'Bearer pk_test_browser' } },
    );
    return { status };
  }

  refund = (charge: string, amount?: number) =>
    this.send('post', '/v1/refunds', { charge, ...(amount && { amount: String(amount) }) });

  dispute = (charge: string) => this.send<{ id: string }>('post', '/control/disputes', { charge });
  closeDispute = (id: string, status: 'won' | 'lost') =>
    this.send('post', `/control/disputes/${id}/close`, { status });

  charge = (parameters: Record<string, string>) =>
    this.send<{ id: string }>('post', '/v1/charges', parameters);

  /** Events of an object, newest first. */
  async eventsOf(objectId: string): Promise<Event[]> {
    const { data } = await this.send<{ data: Event[] }>('get', '/v1/events?limit=100');
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
