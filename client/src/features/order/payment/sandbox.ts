import { refused, unreachable } from '@/shared/api/errors';
import type { Confirm, Confirmation } from './pay-by-intent';

/** Where the shop lets a browser through to the sandbox. */
export const SANDBOX_PATH = '/sandbox';

const TIMEOUT_MS = 60_000;

/** What of an intent matters here, or of the error that came in its place. */
interface Answer {
  next_action?: { redirect_to_url?: { url?: string } | null } | null;
  error?: { code?: string; message?: string };
}

const outcomeOf = async (response: Response): Promise<Confirmation> => {
  const { next_action, error } = (await response.json().catch(() => ({}))) as Answer;
  if (response.ok) return { redirect: next_action?.redirect_to_url?.url };
  if (response.status === 402) return { isDeclined: true };
  // Paid already, or being paid: by another tab, or by this one before its connection was lost.
  if (error?.code === 'payment_intent_unexpected_state') return {};
  throw refused(response, { errors: [{ message: error?.message }] });
};

interface TestCard {
  /** The sandbox, as it is reached from here. */
  sandbox: string;
  /** A test payment method, such as `pm_card_visa`. */
  method: string;
  /** Where the buyer comes back to from their bank. */
  returnUrl: string;
  headers?: Record<string, string>;
}

/** Tries one of the sandbox's cards, by the request that Stripe.js sends to Stripe. */
export const confirmAtSandbox =
  ({ sandbox, method, returnUrl, headers }: TestCard): Confirm =>
  async ({ clientSecret }) => {
    const [intentId = ''] = clientSecret.split('_secret_');
    const url = `${sandbox}/v1/payment_intents/${intentId}/confirm`;
    const body = new URLSearchParams({
      key: 'pk_test_sandbox',
      client_secret: clientSecret,
      payment_method: method,
      return_url: returnUrl,
    });
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw unreachable(url, cause);
    });
    return outcomeOf(response);
  };
