import { model, Schema } from 'mongoose';
import { versioned } from '../shared/schema';

const ticketSchema = new Schema({
  title: { type: String, required: true },
  price: { type: Number, required: true },
  userId: { type: String, required: true },
  orderId: String,
});
ticketSchema.plugin(versioned);

export const Ticket = model('Ticket', ticketSchema);
