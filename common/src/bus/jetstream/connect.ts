import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';

/** One attempt to connect, with the sockets that were opened for it. */
interface Attempt {
  readonly sockets: Set<Socket>;
  isOver: boolean;
}

const attempts = new AsyncLocalStorage<Attempt>();

subscribe('net.client.socket', (message) => {
  const { socket } = message as { socket: Socket };
  const attempt = attempts.getStore();
  if (attempt?.isOver) socket.destroy();
  else attempt?.sockets.add(socket);
});

/**
 * Connects to one of the servers. The library can neither cancel that nor does it close the socket of a server that
 * accepts and says nothing, so the sockets of an attempt that has failed are closed here.
 *
 * @param cancelled rejects when the attempt is to be given up
 */
export const connectUnless = async (
  cancelled: Promise<never>,
  options: ConnectionOptions,
): Promise<NatsConnection> => {
  const attempt: Attempt = { sockets: new Set(), isOver: false };
  const connecting = attempts.run(attempt, () => connect(options));
  try {
    return await Promise.race([connecting, cancelled]);
  } catch (error) {
    attempt.isOver = true;
    for (const socket of attempt.sockets) socket.destroy();
    connecting.then((late) => late.close()).catch(() => undefined);
    throw error;
  } finally {
    attempt.sockets.clear();
  }
};
