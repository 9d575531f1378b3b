import { model, Schema } from 'mongoose';
import { versioned } from '../shared/schema';

const orderSchema = new Schema({
  userId: { type: String, required: true },
  price: { type: Number, required: true },
  status: { type: String, required: true },
});
orderSchema.plugin(versioned);

export const Order = model('Order', orderSchema);

const paymentSchema = new Schema({
  orderId: { type: String, required: true },
  stripeId: { type: String, required: true },
});
paymentSchema.plugin(versioned);

export const Payment = model('Payment', paymentSchema);
