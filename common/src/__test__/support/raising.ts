import { Subjects } from '../../events/subjects';
import type { ThingModel } from './things';

// Compiled by types.test.ts and never run: a line that the types should refuse and do not is an error.
type Thing = InstanceType<ThingModel>;

export const raising = (thing: Thing): void => {
  const data = { title: 'x', price: 1, userId: 'u' };
  thing.raise(Subjects.TicketCreated, data);
  thing.raise(Subjects.TicketUpdated, { ...data, orderId: 'o' });

  // @ts-expect-error -- no publisher of this service says that
  thing.raise(Subjects.OrderCancelled, { reason: 'buyer', ticket: { id: 'x' } });
  // @ts-expect-error -- the price is missing
  thing.raise(Subjects.TicketCreated, { title: 'x', userId: 'u' });
  // @ts-expect-error -- a price is a number
  thing.raise(Subjects.TicketCreated, { ...data, price: '1' });
};
