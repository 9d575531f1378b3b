import mongoose, { Schema, type Model } from 'mongoose';
import { Publisher } from '../../bus/publisher';
import type { EventTransport } from '../../bus/transport';
import type { TicketCreatedEvent, TicketUpdatedEvent } from '../../events/events';
import { Subjects } from '../../events/subjects';
import { aggregate, type Aggregate } from '../../outbox/aggregate';
import { Relay } from '../../outbox/relay';

export class TicketCreatedPublisher extends Publisher<TicketCreatedEvent> {
  readonly subject = Subjects.TicketCreated;
}
export class TicketUpdatedPublisher extends Publisher<TicketUpdatedEvent> {
  readonly subject = Subjects.TicketUpdated;
}
export const publishers = [TicketCreatedPublisher, TicketUpdatedPublisher] as const;

export interface ThingProps {
  title: string;
  price: number;
  secret?: string;
  orderId?: string;
  words: string[];
  unique?: string;
}
interface ThingMethods extends Aggregate<TicketCreatedEvent | TicketUpdatedEvent> {
  offer(): void;
  rename(title: string): void;
}
export type ThingModel = Model<ThingProps, object, ThingMethods>;

const schema = new Schema<ThingProps, ThingModel, ThingMethods>({
  title: String,
  price: Number,
  secret: String,
  orderId: String,
  words: [String],
  unique: { type: String, unique: true, sparse: true },
});
schema.plugin(aggregate, { hidden: ['secret'] });
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

/** A model of an owned document, as a service has them. */
export const Thing = mongoose.model<ThingProps, ThingModel>('Thing', schema);

/** A relay of the things' events; the newest one is notified of their saves. */
export const relayOver = (client: () => EventTransport) => new Relay(client, publishers, [Thing]);
