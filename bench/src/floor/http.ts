import { createServer, type IncomingMessage } from 'node:http';
import { MongoClient, type Db } from 'mongodb';

export interface Answer {
  status: number;
  body: unknown;
  cookie?: string;
}

/** Answers a request; `body` is its parsed JSON. */
export type Handler = (req: IncomingMessage, body: unknown) => Answer | Promise<Answer>;

export const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be defined`);
  return value;
};

const read = async (req: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
};

/** Serves JSON over bare node:http on the loopback address. */
export const serve = (handler: Handler): void => {
  const respond = async (req: IncomingMessage): Promise<Answer> =>
    handler(req, req.method === 'POST' ? await read(req) : undefined);
  createServer((req, res) => {
    void respond(req)
      .catch((error: unknown): Answer => ({ status: 500, body: { errors: [{ message: String(error) }] } }))
      .then(({ status, body, cookie }) => {
        const text = Buffer.from(JSON.stringify(body));
        res.writeHead(status, {
          'Content-Type': 'application/json',
          'Content-Length': text.length,
          ...(cookie ? { 'Set-Cookie': cookie } : {}),
        });
        res.end(text);
      });
  }).listen(Number(required('PORT')), '127.0.0.1');
};

/** The role's database; a write is answered when it is in the journal, as in the services. */
export const database = async (): Promise<Db> => {
  const client = await MongoClient.connect(required('MONGO_URI'), { journal: true });
  return client.db();
};

export const NOT_FOUND: Answer = { status: 404, body: { errors: [{ message: 'Not Found' }] } };
