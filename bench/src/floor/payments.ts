import { Agent, request } from 'node:http';
import { ObjectId } from 'mongodb';
import { database, NOT_FOUND, required, serve, type Answer } from './http';
import { userOf } from './session';

interface Order {
  userId: string;
  price: number;
}

interface Payment {
  orderId: string;
  status: string;
  stripeId?: string;
}

const agent = new Agent({ keepAlive: true });
const charges = new URL('/v1/charges', required('STRIPE_SANDBOX_URL'));

/** Stripe's HTTP API without its SDK. */
const charge = (amount: number, source: string, idempotencyKey: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const body = new URLSearchParams({ amount: String(amount), currency: 'usd', source }).toString();
    const headers = {
      Authorization: 'Bearer sk_test_floor',
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': body.length,
      'Idempotency-Key': idempotencyKey,
    };
    request(charges, { method: 'POST', agent, headers }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      res.on('error', reject).on('end', () => {
        if (res.statusCode === 200) resolve((JSON.parse(text) as { id: string }).id);
        else reject(new Error(text));
      });
    })
      .on('error', reject)
      .end(body);
  });

const run = async (): Promise<void> => {
  const db = await database();
  const orders = db.collection<Order>('orders');
  const payments = db.collection<Payment>('payments');

  const pay = async (orderId: string, token: string, userId: string): Promise<Answer> => {
    const order = await orders.findOne({ _id: new ObjectId(orderId) });
    if (order?.userId !== userId) return NOT_FOUND;
    const { insertedId } = await payments.insertOne({ orderId, status: 'pending' });
    const stripeId = await charge(Math.round(order.price * 100), token, insertedId.toHexString());
    await payments.updateOne({ _id: insertedId }, { $set: { status: 'succeeded', stripeId } });
    return { status: 201, body: { id: insertedId } };
  };

  serve((req, body) => {
    const { orderId, token } = body as { orderId: string; token: string };
    return pay(orderId, token, userOf(req).id);
  });
};

void run();
