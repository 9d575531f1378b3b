import { NatsWrapper } from '../../bus/nats-wrapper';
import { Subjects } from '../../events/subjects';
import { createService } from '../../service/create-service';
import { publishers, Thing, TicketCreatedPublisher } from './things';

// Compiled by types.test.ts and never run: a line that the types should refuse and do not is an error.

export const raising = (thing: InstanceType<typeof Thing>): void => {
  const data = { title: 'x', price: 1, userId: 'u' };
  thing.raise(Subjects.TicketCreated, data);
  thing.raise(Subjects.TicketUpdated, { ...data, orderId: 'o' });

  // @ts-expect-error -- this document does not raise that
  thing.raise(Subjects.OrderCancelled, { reason: 'buyer', ticket: { id: 'x' } });
  // @ts-expect-error -- the price is missing
  thing.raise(Subjects.TicketCreated, { title: 'x', userId: 'u' });
  // @ts-expect-error -- a price is a number
  thing.raise(Subjects.TicketCreated, { ...data, price: '1' });
};

const config = { PORT: 0, LOG_LEVEL: 'info', NATS_URL: '', NATS_CLUSTER_ID: '', NATS_CLIENT_ID: '' };
const parts = { name: 'example', config, natsWrapper: new NatsWrapper(), aggregates: [Thing] };

export const complete = createService({ ...parts, publishers });
// @ts-expect-error -- things raise ticket:updated as well, and this service has no publisher for it
export const incomplete = createService({ ...parts, publishers: [TicketCreatedPublisher] });
