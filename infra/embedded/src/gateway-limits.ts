import type { IncomingMessage, ServerResponse } from 'node:http';

/** Bounds of what passes through the gateway. */
export interface GatewayLimits {
  /** Requests to one service at the same time; more are answered with 503. */
  maxInFlight: number;
  /** Milliseconds in which a service must answer. */
  timeoutMs: number;
}

/** As many as a service takes in a burst; and longer than the slowest answer, a payment's, takes. */
export const DEFAULT_LIMITS: GatewayLimits = { maxInFlight: 2_048, timeoutMs: 30_000 };

/** Counts the requests in flight by service, and knows how long each has taken. */
export class InFlight {
  private readonly counts = new Map<string, number>();
  private readonly begun = new WeakMap<IncomingMessage, number>();

  constructor(private readonly limits: GatewayLimits) {}

  /** @returns false when there are too many; otherwise the request counts until its response is closed */
  enter(service: string, req: IncomingMessage, res: ServerResponse): boolean {
    const count = this.counts.get(service) ?? 0;
    if (count >= this.limits.maxInFlight) return false;
    this.counts.set(service, count + 1);
    this.begun.set(req, performance.now());
    res.once('close', () => this.counts.set(service, (this.counts.get(service) ?? 1) - 1));
    return true;
  }

  /** Whether the request has taken as long as it may. */
  isOverdue(req: IncomingMessage): boolean {
    return performance.now() - (this.begun.get(req) ?? 0) >= this.limits.timeoutMs;
  }
}
