import mongoose, { Schema, type Model } from 'mongoose';
import { aggregate, type Aggregate } from '../../consistency/aggregate';
import { Relay } from '../../consistency/relay';
import type { TicketCreatedEvent, TicketUpdatedEvent } from '../../events/events';
import { Publisher } from '../../events/publisher';
import { Subjects } from '../../events/subjects';
import type { EventTransport } from '../../events/transport';

export class TicketCreatedPublisher extends Publisher<TicketCreatedEvent> {
  readonly subject = Subjects.TicketCreated;
}
export class TicketUpdatedPublisher extends Publisher<TicketUpdatedEvent> {
  readonly subject = Subjects.TicketUpdated;
}
export const publishers = [TicketCreatedPublisher, TicketUpdatedPublisher] as const;

export const relayOver = (client: () => EventTransport) => new Relay(client, publishers);
export type ThingRelay = ReturnType<typeof relayOver>;

export interface ThingProps {
  title: string;
  price: number;
  secret?: string;
  orderId?: string;
  words: string[];
  unique?: string;
}
interface ThingMethods extends Aggregate<ThingRelay> {
  offer(): void;
  rename(title: string): void;
}
export type ThingModel = Model<ThingProps, object, ThingMethods>;

/** A model of an owned document, as a service has them, over a relay of the test's own. */
export const thingModel = (relay: ThingRelay): ThingModel => {
  const schema = new Schema<ThingProps, ThingModel, ThingMethods>({
    title: String,
    price: Number,
    secret: String,
    orderId: String,
    words: [String],
    unique: { type: String, unique: true, sparse: true },
  });
  schema.plugin(aggregate, { relay, hidden: ['secret'] });
  schema.methods.offer = function () {
    this.raise(Subjects.TicketCreated, {
      title: this.title,
      price: this.price,
      userId: 'u',
      orderId: this.orderId,
    });
  };
  schema.methods.rename = function (title) {
    this.title = title;
    this.raise(Subjects.TicketUpdated, { title, price: this.price, userId: 'u', orderId: this.orderId });
  };
  return mongoose.model<ThingProps, ThingModel>('Thing', schema);
};
