import { projection, type Entity, type ProjectionModel, type TicketUpdatedEvent } from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';

interface TicketAttrs {
  id: string;
  title: string;
  /** Major units. */
  price: number;
  /** The seller, who cannot buy it. */
  userId?: string;
}

interface TicketProps extends Omit<TicketAttrs, 'id'> {
  version: number;
  /** Its seller has taken it off sale. */
  withdrawn?: boolean;
  /** The version that brought the present price: a buyer who saw an older one may have seen another price. */
  pricedAtVersion: number;
}

export type TicketDocument = HydratedDocument<TicketProps>;
export type TicketEntity = Entity<TicketProps>;

interface TicketModel extends Model<TicketProps>, ProjectionModel<TicketProps> {
  build(attrs: TicketAttrs): TicketDocument;
  /** Applies ticket:created or ticket:updated; see `applyEvent`. */
  project(data: TicketUpdatedEvent['data']): Promise<void>;
}

/** This service's projection of a ticket: what an order needs to know of it. */
const ticketSchema = new Schema<TicketProps, TicketModel>({
  title: { type: String, required: true },
  price: { type: Number, required: true },
  userId: String,
  withdrawn: Boolean,
  pricedAtVersion: { type: Number, default: 0 },
});
ticketSchema.plugin(projection);

ticketSchema.statics.build = ({ id, ...attrs }: TicketAttrs) => new Ticket({ _id: id, ...attrs });

ticketSchema.statics.project = (data: TicketUpdatedEvent['data']) => {
  const { title, price, userId, version, withdrawn = false } = data;
  return Ticket.applyEvent(
    data,
    { title, price, userId, withdrawn },
    { of: 'price', set: { pricedAtVersion: version } },
  );
};

export const Ticket = model<TicketProps, TicketModel>('Ticket', ticketSchema);
