import { PaymentStatus } from './payment-state';
import type { PaymentProps } from './payment-types';

/** One line of a posting: exactly one of both sides, in minor units above 0. */
export interface LedgerEntry {
  at: Date;
  /** The lines of one posting share its number; their debits equal their credits. */
  posting: number;
  /** `stripe`, `disputes`, `fees`, `buyer`, `seller:<id>` or `held:<id>`; see docs/adr/0037. */
  account: string;
  debit?: number;
  credit?: number;
}

/** What the ledger reads of a payment. */
export type Bookable = Pick<
  PaymentProps,
  'status' | 'amount' | 'amountRefunded' | 'dispute' | 'sellerId' | 'fee' | 'entries'
>;

/** Balances by account, in minor units: what was debited less what was credited. */
export type Balances = Readonly<Record<string, number>>;

/** How a sale stands for its seller. */
export type SaleStatus = 'owed' | 'on-hold' | 'refunded' | 'lost';

export interface Sale {
  status: SaleStatus;
  /** Minor units that the seller gets for it, now or once it is not on hold any more; 0 when the sale is undone. */
  net: number;
  /** Minor units that the marketplace keeps of it. */
  fee: number;
}

/** In these, Stripe has taken the money back until the bank decides; an inquiry (`warning_…`) moves nothing. */
const OPEN_DISPUTE = ['needs_response', 'under_review'];

const refundedOf = ({ status, amount, amountRefunded = 0 }: Bookable): number =>
  status === PaymentStatus.Refunded ? amount : Math.min(amount, amountRefunded);

/**
 * How the sale of a charged payment stands. What was given back in part is the seller's loss first: the fee is kept as
 * long as something is left for it.
 */
export const saleOf = (payment: Bookable): Sale => {
  const { status, amount, dispute } = payment;
  const undone = { net: 0, fee: 0 };
  if (dispute?.status === 'lost') return { status: 'lost', ...undone };
  const kept = amount - refundedOf(payment);
  if (status !== PaymentStatus.Succeeded || kept === 0) return { status: 'refunded', ...undone };
  const fee = Math.min(kept, payment.fee ?? 0);
  const isHeld = dispute !== undefined && OPEN_DISPUTE.includes(dispute.status);
  return { status: isHeld ? 'on-hold' : 'owed', net: kept - fee, fee };
};

const CHARGED: readonly PaymentStatus[] = [
  PaymentStatus.Succeeded,
  PaymentStatus.Refunding,
  PaymentStatus.Refunded,
];

/** What the accounts must hold for a payment as it is; the balances add up to zero. */
export const balancesFor = (payment: Bookable): Balances => {
  const { status, amount, dispute, sellerId = 'unknown' } = payment;
  if (!CHARGED.includes(status) || dispute?.status === 'lost') return {};
  const kept = amount - refundedOf(payment);
  const isHeld = dispute !== undefined && OPEN_DISPUTE.includes(dispute.status);
  const money = isHeld ? 'disputes' : 'stripe';
  if (status !== PaymentStatus.Succeeded) return { [money]: kept, buyer: -kept };
  const { net, fee } = saleOf(payment);
  return { [money]: kept, [`${isHeld ? 'held' : 'seller'}:${sellerId}`]: -net, fees: -fee };
};

/** What entries come to, by account. */
export const balancesOf = (entries: readonly LedgerEntry[] = []): Balances => {
  const balances: Record<string, number> = {};
  for (const { account, debit = 0, credit = 0 } of entries)
    balances[account] = (balances[account] ?? 0) + debit - credit;
  return balances;
};

/**
 * Appends to a payment the posting that brings its accounts to what its state demands; nothing where they are. It runs
 * before each write, so state and ledger are one write. Entries are never changed.
 */
export const keepBooks = (payment: Bookable): void => {
  if (!payment.amount) return;
  const { entries = [] } = payment;
  const [before, after] = [balancesOf(entries), balancesFor(payment)];
  const at = new Date();
  const posting = (entries.at(-1)?.posting ?? 0) + 1;
  const lines = [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(
    (account): LedgerEntry[] => {
      const moved = (after[account] ?? 0) - (before[account] ?? 0);
      if (moved === 0) return [];
      return [{ at, posting, account, ...(moved > 0 ? { debit: moved } : { credit: -moved }) }];
    },
  );
  if (lines.length > 0) payment.entries = [...entries, ...lines];
};
