import axios from 'axios';

/** What is read of Stripe's objects. */
export interface Charge {
  id: string;
  amount: number;
  currency: string;
  paid: boolean;
  refunded: boolean;
}

export interface Refund {
  id: string;
  charge: string;
  amount: number;
}

export interface Ledger {
  charges: Charge[];
  refunds: Refund[];
  idempotencyKeys: { key: string; path: string; status: number; object: string | null }[];
}

/** What the Stripe sandbox knows: the other side of the books. */
export const readLedger = async (sandboxUrl: string): Promise<Ledger> =>
  (await axios.get<Ledger>(`${sandboxUrl}/ledger`, { proxy: false })).data;

export interface MadeCharge {
  charge: Charge;
  refunds: Refund[];
  /** The key it was asked for with; the payments service derives it from the payment's id. */
  key: string;
}

/** The charges that took money, each with its key and its refunds. */
export const chargesMade = ({ charges, refunds, idempotencyKeys }: Ledger): MadeCharge[] => {
  const keyOf = new Map(idempotencyKeys.map(({ key, object }) => [object, key]));
  return charges
    .filter(({ paid }) => paid)
    .map((charge) => ({
      charge,
      refunds: refunds.filter((refund) => refund.charge === charge.id),
      key: keyOf.get(charge.id) ?? '',
    }));
};
