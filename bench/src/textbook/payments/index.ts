import { Router } from 'express';
import { body } from 'express-validator';
import Stripe from 'stripe';
import { createApp } from '../shared/app';
import { listen, publish, Subjects, type OrderCreatedEvent } from '../shared/bus';
import { requireAuth, userOf } from '../shared/current-user';
import { BadRequestError, NotAuthorizedError, NotFoundError, validateRequest } from '../shared/errors';
import { start } from '../shared/start';
import { Order, Payment } from './models';

const sandbox = new URL(process.env.STRIPE_SANDBOX_URL ?? 'http://127.0.0.1');
const stripe = new Stripe('sk_test_textbook', {
  host: sandbox.hostname,
  port: sandbox.port,
  protocol: 'http',
  telemetry: false,
});

const router = Router();

router.post(
  '/api/payments',
  requireAuth,
  body('token').not().isEmpty(),
  body('orderId').not().isEmpty(),
  validateRequest,
  async (req, res) => {
    const { token, orderId } = req.body as { token: string; orderId: string };
    const order = await Order.findById(orderId);
    if (!order) throw new NotFoundError();
    if (order.userId !== userOf(req).id) throw new NotAuthorizedError();
    if (order.status === 'cancelled') throw new BadRequestError('Cannot pay for a cancelled order');

    const charge = await stripe.charges.create({ currency: 'usd', amount: order.price * 100, source: token });
    const payment = new Payment({ orderId, stripeId: charge.id });
    await payment.save();
    void publish(Subjects.PaymentCreated, {
      id: payment.id as string,
      orderId: payment.orderId,
      stripeId: payment.stripeId,
    });
    res.status(201).send({ id: payment.id as string });
  },
);

const listeners = (): void => {
  listen<OrderCreatedEvent>(Subjects.OrderCreated, 'textbook-payments', async (data, message) => {
    const { id, userId, status, ticket } = data;
    await new Order({ _id: id, userId, status, price: ticket.price }).save();
    message.ack();
  });
};

void start(createApp([router]), listeners);
