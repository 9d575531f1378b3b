import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import mongoose, { type mongo } from 'mongoose';
import { REVOKED_SESSIONS } from '../session/revocation-store';

/** Commands that the suite's database has been sent, as `<command> <collection>`: a request's operations. */
export interface Operations {
  /** So far, in order. */
  readonly sent: readonly string[];
  stop(): void;
}

interface Statement {
  u: { $unset?: object; $pull?: object };
}

/** Whether a command clears outboxes: the relay does, a moment after the requests whose events it has published. */
const clearsOutboxes = ({ updates = [] }: { updates?: Statement[] }): boolean =>
  updates.length > 0 && updates.every(({ u }) => 'outbox' in { ...u.$unset, ...u.$pull });

/** A process reads once a second which sessions have ended, whatever it is asked: no request has that to itself. */
const SHARED_READ = `find ${REVOKED_SESSIONS}`;

/**
 * Notes each command that is sent to the database of `useTestDatabase` from now on, but for those of earlier
 * requests' outboxes and the read that all requests of a second share (`RevokedSessions` has a test of how often).
 */
export const watchOperations = (): Operations => {
  const sent: string[] = [];
  const note = ({ commandName, command }: mongo.CommandStartedEvent) => {
    if (clearsOutboxes(command)) return;
    const operation = `${commandName} ${String((command as Record<string, unknown>)[commandName])}`;
    if (operation !== SHARED_READ) sent.push(operation);
  };
  const client = mongoose.connection.getClient();
  client.on('commandStarted', note);
  return { sent, stop: () => void client.off('commandStarted', note) };
};

/**
 * The operations that a request costs before its answer is sent; what a service writes afterwards is not among them.
 *
 * @param app an Express app
 * @param send sends one request to the server and waits for its answer
 */
export const operationsOf = async (
  app: RequestListener,
  send: (server: Server) => PromiseLike<unknown>,
): Promise<readonly string[]> => {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const operations = watchOperations();
  let answered: readonly string[] = ['the request was not answered'];
  server.on('request', (_req, res) => {
    res.once('finish', () => {
      answered = [...operations.sent];
    });
  });
  try {
    await send(server);
    return answered;
  } finally {
    operations.stop();
    server.close();
  }
};
