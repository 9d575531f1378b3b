import { model, Schema } from 'mongoose';
import { versioned } from '../shared/schema';

export const ACTIVE = ['created', 'awaiting:payment', 'complete'];

const ticketSchema = new Schema({
  title: { type: String, required: true },
  price: { type: Number, required: true },
});
ticketSchema.plugin(versioned);

export const Ticket = model('Ticket', ticketSchema);

const orderSchema = new Schema({
  userId: { type: String, required: true },
  status: { type: String, required: true, default: 'created' },
  expiresAt: { type: Date },
  ticket: { type: Schema.Types.ObjectId, ref: 'Ticket' },
});
orderSchema.plugin(versioned);

export const Order = model('Order', orderSchema);
