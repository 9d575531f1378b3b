import { Router } from 'express';
import { body } from 'express-validator';
import { createApp } from '../shared/app';
import { listen, publish, Subjects, type OrderCreatedEvent } from '../shared/bus';
import { requireAuth, userOf } from '../shared/current-user';
import { NotFoundError, validateRequest } from '../shared/errors';
import { start } from '../shared/start';
import { Ticket } from './ticket';

const router = Router();

router.post(
  '/api/tickets',
  requireAuth,
  body('title').not().isEmpty().withMessage('Title is required'),
  body('price').isFloat({ gt: 0 }).withMessage('Price must be greater than 0'),
  validateRequest,
  async (req, res) => {
    const { title, price } = req.body as { title: string; price: number };
    const ticket = new Ticket({ title, price, userId: userOf(req).id });
    await ticket.save();
    void publish(Subjects.TicketCreated, {
      id: ticket.id as string,
      version: ticket.get('version') as number,
      title: ticket.title,
      price: ticket.price,
      userId: ticket.userId,
    });
    res.status(201).send(ticket);
  },
);

router.get('/api/tickets', async (_req, res) => {
  const tickets = await Ticket.find({ orderId: undefined });
  res.send(tickets);
});

router.get('/api/tickets/:id', async (req, res) => {
  const ticket = await Ticket.findById(req.params.id);
  if (!ticket) throw new NotFoundError();
  res.send(ticket);
});

const listeners = (): void => {
  listen<OrderCreatedEvent>(Subjects.OrderCreated, 'textbook-tickets', async (data, message) => {
    const ticket = await Ticket.findById(data.ticket.id);
    if (!ticket) throw new Error('Ticket not found');
    ticket.set({ orderId: data.id });
    await ticket.save();
    await publish(Subjects.TicketUpdated, {
      id: ticket.id as string,
      version: ticket.get('version') as number,
      title: ticket.title,
      price: ticket.price,
      userId: ticket.userId,
      orderId: ticket.orderId,
    });
    message.ack();
  });
};

void start(createApp([router]), listeners);
