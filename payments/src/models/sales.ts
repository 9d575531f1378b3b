import { queriesOf } from '@ticketing/common';
import { Payment } from './payment';

export const sales = queriesOf(Payment, {
  /** A seller's payments, newest first; what was never charged is among them. */
  ofSeller: {
    index: { sellerId: 1, _id: -1 },
    filter: (sellerId: string) => ({ sellerId }),
    sort: { _id: -1 },
  },
});
