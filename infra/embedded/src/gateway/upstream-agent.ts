import http from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Well below Node's own five seconds, after which a server closes an idle connection. */
const IDLE_MS = 2_500;

/**
 * Keeps connections to the services, and lets go of an idle one before the service does: a request sent into
 * a connection that is just being closed would fail without the service having seen it.
 */
export class UpstreamAgent extends http.Agent {
  constructor() {
    super({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: 512, scheduling: 'lifo' });
  }

  // Node calls these two when a request is done with a socket and when the next one takes it.
  override keepSocketAlive(socket: Duplex): boolean {
    const keep = Boolean(super.keepSocketAlive(socket));
    if (keep) (socket as Socket).setTimeout(IDLE_MS);
    return keep;
  }

  override reuseSocket(socket: Duplex, request: http.ClientRequest): void {
    (socket as Socket).setTimeout(0);
    super.reuseSocket(socket, request);
  }
}
