import { Router } from 'express';
import { body } from 'express-validator';
import { isValidObjectId } from 'mongoose';
import { createApp } from '../shared/app';
import { listen, publish, Subjects, type PaymentCreatedEvent, type TicketEvent } from '../shared/bus';
import { requireAuth, userOf } from '../shared/current-user';
import { BadRequestError, NotFoundError, validateRequest } from '../shared/errors';
import { start } from '../shared/start';
import { ACTIVE, Order, Ticket } from './models';

const EXPIRATION_WINDOW_SECONDS = 15 * 60;
const GROUP = 'textbook-orders';

const router = Router();

router.post(
  '/api/orders',
  requireAuth,
  body('ticketId').not().isEmpty().custom(isValidObjectId).withMessage('TicketId must be provided'),
  validateRequest,
  async (req, res) => {
    const { ticketId } = req.body as { ticketId: string };
    const ticket = await Ticket.findById(ticketId);
    if (!ticket) throw new NotFoundError();

    const existingOrder = await Order.findOne({ ticket, status: { $in: ACTIVE } });
    if (existingOrder) throw new BadRequestError('Ticket is already reserved');

    const expiresAt = new Date();
    expiresAt.setSeconds(expiresAt.getSeconds() + EXPIRATION_WINDOW_SECONDS);
    const order = new Order({ userId: userOf(req).id, status: 'created', expiresAt, ticket });
    await order.save();
    void publish(Subjects.OrderCreated, {
      id: order.id as string,
      version: order.get('version') as number,
      status: order.status,
      userId: order.userId,
      expiresAt: expiresAt.toISOString(),
      ticket: { id: ticket.id as string, price: ticket.price },
    });
    res.status(201).send(order);
  },
);

const listeners = (): void => {
  listen<TicketEvent>(Subjects.TicketCreated, GROUP, async ({ id, title, price }, message) => {
    await new Ticket({ _id: id, title, price }).save();
    message.ack();
  });

  listen<TicketEvent>(Subjects.TicketUpdated, GROUP, async ({ id, version, title, price }, message) => {
    const ticket = await Ticket.findOne({ _id: id, version: version - 1 });
    if (!ticket) throw new Error('Ticket not found');
    ticket.set({ title, price });
    await ticket.save();
    message.ack();
  });

  listen<PaymentCreatedEvent>(Subjects.PaymentCreated, GROUP, async ({ orderId }, message) => {
    const order = await Order.findById(orderId);
    if (!order) throw new Error('Order not found');
    order.set({ status: 'complete' });
    await order.save();
    message.ack();
  });
};

void start(createApp([router]), listeners);
