import { CURRENCY, idOf } from '@ticketing/common';
import type { Types } from 'mongoose';
import { saleOf, type Bookable, type SaleStatus } from '../models/ledger';
import type { PaymentProps } from '../models/payment-types';
import { sales } from '../models/sales';

export interface Payouts {
  currency: string;
  /** Minor units of all the seller's sales: what they are to be paid. */
  owed: number;
  /** What is held while a buyer's bank decides about a dispute. */
  onHold: number;
  /** What they have been paid. */
  paid: number;
  /** One page of them, newest first. */
  sales: {
    orderId: string;
    ticketId?: string;
    amount: number;
    fee: number;
    net: number;
    status: SaleStatus;
    at: Date;
  }[];
}

type Row = Bookable &
  Pick<PaymentProps, 'orderId' | 'ticketId' | 'stripeId' | 'createdAt'> & {
    _id: Types.ObjectId;
  };

/** All that a sale and its totals need, and no history. */
const FIELDS = {
  ...{ orderId: 1, ticketId: 1, stripeId: 1, createdAt: 1, status: 1, amount: 1 },
  ...{ amountRefunded: 1, dispute: 1, fee: 1 },
};

const readSales = async (sellerId: string): Promise<Row[]> => {
  const found = await sales.ofSeller(sellerId).select(FIELDS).lean<Row[]>();
  // Only what was charged is a sale; a payment has its charge's id since then.
  return found.filter(({ stripeId }) => stripeId !== undefined);
};

/**
 * What a seller gets for their sales. The totals are of all of them, so its cost grows with their number.
 *
 * @param limit sales in the page
 * @param cursor where the page begins: the end of the one before
 * @returns the payouts, and the cursor of the next page, if there is one
 */
export const listPayouts = async (
  sellerId: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ payouts: Payouts; next?: string }> => {
  const all = (await readSales(sellerId)).map((row) => ({ row, id: idOf(row), sale: saleOf(row) }));
  const sum = (status: SaleStatus) =>
    all.reduce((total, { sale }) => total + (sale.status === status ? sale.net : 0), 0);
  const rest = cursor ? all.filter(({ id }) => id < cursor) : all;
  const page = rest.slice(0, limit);
  return {
    payouts: {
      currency: CURRENCY,
      owed: sum('owed'),
      onHold: sum('on-hold'),
      paid: 0,
      sales: page.map(({ row: { orderId, ticketId, amount, createdAt: at }, sale }) => {
        const { status, net, fee } = sale;
        return { orderId, ticketId, amount, fee, net, status, at };
      }),
    },
    next: rest.length > limit ? page.at(-1)?.id : undefined,
  };
};
