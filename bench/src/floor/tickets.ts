import { ObjectId } from 'mongodb';
import { database, NOT_FOUND, serve, type Answer } from './http';
import { userOf } from './session';

interface Ticket {
  title: string;
  price: number;
  userId: string;
  createdAt: Date;
}

const PAGE = 50;

const run = async (): Promise<void> => {
  const tickets = (await database()).collection<Ticket>('tickets');
  await tickets.createIndex({ createdAt: -1 });

  const create = async ({ title, price }: Ticket, userId: string): Promise<Answer> => {
    const ticket = { title, price, userId, createdAt: new Date() };
    const { insertedId } = await tickets.insertOne(ticket);
    return { status: 201, body: { id: insertedId, title, price, userId } };
  };

  const list = async (): Promise<Answer> => ({
    status: 200,
    body: await tickets.find().sort({ createdAt: -1 }).limit(PAGE).toArray(),
  });

  const show = async (id: string): Promise<Answer> => {
    const ticket = await tickets.findOne({ _id: new ObjectId(id) });
    return ticket ? { status: 200, body: ticket } : NOT_FOUND;
  };

  serve((req, body) => {
    if (req.method === 'POST') return create(body as Ticket, userOf(req).id);
    const id = req.url?.split('/')[3];
    return id ? show(id) : list();
  });
};

void run();
