import {
  awaitCopy,
  BadRequestError,
  isDuplicateKey,
  isObjectId,
  OrderStatus,
  requireAuth,
  toMinorUnits,
  validateRequest,
} from '@ticketing/common';
import { Router } from 'express';
import { body } from 'express-validator';
import { Order, type OrderDocument } from '../models/order';
import { Payment, PaymentStatus, type PaymentDocument } from '../models/payment';
import { abandon, refundOrder, settle } from '../services/settle';

const router = Router();

const REFUSALS: Partial<Record<OrderStatus, string>> = {
  [OrderStatus.Cancelled]: 'Cannot pay for a cancelled order',
  [OrderStatus.Complete]: 'The order is paid already',
};

const requirePayable = async (order: OrderDocument): Promise<void> => {
  const refusal = REFUSALS[order.status];
  if (refusal) throw new BadRequestError(refusal);
  if (order.isExpired()) throw new BadRequestError('The time to pay for this order is over');
  if (await Payment.exists({ orderId: order.id, status: PaymentStatus.Failed })) {
    throw new BadRequestError('The payment for this order was declined, and the ticket is on sale again');
  }
};

/** Records the charge before Stripe hears of it; the unique index lets one of several at once through. */
const openPayment = async (order: OrderDocument, token: string): Promise<PaymentDocument> => {
  const payment = Payment.open({ orderId: order.id, amount: toMinorUnits(order.price), token });
  try {
    return await payment.save();
  } catch (error) {
    if (isDuplicateKey(error))
      throw new BadRequestError('A payment for this order has been made or is under way');
    throw error;
  }
};

router.post(
  '/api/payments',
  requireAuth,
  body('token').isString().bail().notEmpty().isLength({ max: 255 }).withMessage('Token is required'),
  body('orderId').custom(isObjectId).withMessage('OrderId is required'),
  validateRequest,
  async (req, res) => {
    const { token, orderId } = req.body as { token: string; orderId: string };
    // Who pays at once may be faster than the event that tells us of the order.
    await awaitCopy(async () => Order.exists({ _id: orderId }));
    const order = await Order.findOwned(orderId, req.currentUser!.id);
    await requirePayable(order);
    const payment = await openPayment(order, token);
    // A cancellation that came between the look at the order and the record saw no payment to refund.
    const now = await Order.findById(orderId);
    if (now?.status === OrderStatus.Cancelled) {
      await abandon(payment, 'The order was cancelled');
      throw new BadRequestError('Cannot pay for a cancelled order');
    }
    const settled = await settle(payment);
    if (settled.status !== PaymentStatus.Succeeded) {
      await refundOrder(orderId);
      throw new BadRequestError('The order was cancelled before the payment arrived; the charge is refunded');
    }
    res.status(201).send({ id: payment.id });
  },
);

export { router as createPaymentRouter };
