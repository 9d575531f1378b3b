import { replica, type ReplicaModel, type TicketUpdatedEvent } from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';

interface TicketAttrs {
  id: string;
  title: string;
  /** Major units. */
  price: number;
  userId?: string;
}

interface TicketProps extends Omit<TicketAttrs, 'id'> {
  version: number;
  /** The version that brought the present price: who saw an older one may have seen another price. */
  pricedAtVersion: number;
}

export type TicketDocument = HydratedDocument<TicketProps>;

interface TicketModel extends Model<TicketProps>, ReplicaModel<TicketProps> {
  build(attrs: TicketAttrs): TicketDocument;
  /** Brings the copy to what an event says; see `follow`. */
  take(data: TicketUpdatedEvent['data']): Promise<TicketDocument>;
}

/** This service's copy of a ticket: what an order needs to know of it. */
const ticketSchema = new Schema<TicketProps, TicketModel>({
  title: { type: String, required: true },
  price: { type: Number, required: true },
  userId: String,
  pricedAtVersion: { type: Number, default: 0 },
});
ticketSchema.plugin(replica);

ticketSchema.statics.build = ({ id, ...attrs }: TicketAttrs) => new Ticket({ _id: id, ...attrs });

ticketSchema.statics.take = (data: TicketUpdatedEvent['data']) =>
  Ticket.follow(data, (ticket) => {
    const { title, price, userId } = data;
    if (ticket.price !== price) ticket.pricedAtVersion = data.version;
    ticket.set({ title, price, userId });
  });

export const Ticket = model<TicketProps, TicketModel>('Ticket', ticketSchema);
