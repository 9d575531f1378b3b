import axios from 'axios';

/** The properties of Stripe's objects that are read. */
interface Charge {
  id: string;
  amount: number;
  currency: string;
  paid: boolean;
  refunded: boolean;
  metadata: { orderId?: string };
}

interface Intent {
  id: string;
  status: string;
  metadata: { orderId?: string };
}

interface Refund {
  id: string;
  charge: string;
  amount: number;
}

interface Ledger {
  charges: Charge[];
  refunds: Refund[];
  intents: Intent[];
  idempotencyKeys: { key: string; path: string; status: number; object: string | null }[];
}

/** A charge that took money. */
export interface SettledCharge {
  charge: Charge;
  refunds: Refund[];
  /** The request's idempotency key, which the payments service derives from the payment's id. */
  key: string;
}

const readLedger = async (sandboxUrl: string): Promise<Ledger> =>
  (await axios.get<Ledger>(`${sandboxUrl}/ledger`, { proxy: false })).data;

/** The states of an order's intents at Stripe, oldest first. */
export const intentsOf = async (sandboxUrl: string, orderId: string): Promise<string[]> =>
  (await readLedger(sandboxUrl)).intents
    .filter(({ metadata }) => metadata.orderId === orderId)
    .map(({ status }) => status);

/** The charges of an order that took money, refunded or not. */
export const chargesOf = async (sandboxUrl: string, orderId: string): Promise<SettledCharge[]> =>
  (await settledCharges(sandboxUrl)).filter(({ charge }) => charge.metadata.orderId === orderId);

/** The charges in the Stripe sandbox's ledger that took money, each with its key and its refunds. */
export const settledCharges = async (sandboxUrl: string): Promise<SettledCharge[]> => {
  const data = await readLedger(sandboxUrl);
  const keyOf = new Map(data.idempotencyKeys.map(({ key, object }) => [object, key]));
  return data.charges
    .filter(({ paid }) => paid)
    .map((charge) => ({
      charge,
      refunds: data.refunds.filter((refund) => refund.charge === charge.id),
      key: keyOf.get(charge.id) ?? '',
    }));
};
