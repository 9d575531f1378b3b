import http from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Well below Node's own five seconds, after which a server closes an idle connection. */
const IDLE_MS = 2_500;

/**
 * For each service; more requests than that wait here. Node's servers let 511 connections wait to be accepted,
 * and a burst beyond that would be dropped and tried again by the kernel a second later.
 */
const MOST_SOCKETS = 256;

/**
 * Keeps connections to the services, and lets go of an idle one before the service does: a request sent into
 * a connection that is just being closed would fail without the service having seen it.
 */
export class UpstreamAgent extends http.Agent {
  constructor() {
    super({ keepAlive: true, maxSockets: MOST_SOCKETS, maxFreeSockets: MOST_SOCKETS, scheduling: 'lifo' });
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
