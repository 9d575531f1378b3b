import { MongoServerError, ObjectId } from 'mongodb';
import { database, NOT_FOUND, serve, type Answer } from './http';
import { userOf } from './session';

interface Ticket {
  title: string;
  price: number;
}

interface Order {
  userId: string;
  status: string;
  expiresAt: Date;
  ticket: { id: string; price: number };
  activeTicketId: string;
}

const DUPLICATE_KEY = 11_000;
const WINDOW_MS = 15 * 60_000;

const run = async (): Promise<void> => {
  const db = await database();
  const tickets = db.collection<Ticket>('tickets');
  const orders = db.collection<Order>('orders');
  await orders.createIndex({ activeTicketId: 1 }, { unique: true, sparse: true });

  const place = async (ticketId: string, userId: string): Promise<Answer> => {
    const ticket = await tickets.findOne({ _id: new ObjectId(ticketId) });
    if (!ticket) return NOT_FOUND;
    const order = {
      userId,
      status: 'created',
      expiresAt: new Date(Date.now() + WINDOW_MS),
      ticket: { id: ticketId, price: ticket.price },
      activeTicketId: ticketId,
    };
    try {
      const { insertedId } = await orders.insertOne(order);
      return { status: 201, body: { ...order, id: insertedId } };
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) throw error;
      return { status: 400, body: { errors: [{ message: 'Ticket is already reserved' }] } };
    }
  };

  serve((req, body) => place((body as { ticketId: string }).ticketId, userOf(req).id));
};

void run();
