/** One request of a load. */
export interface LoadRequest {
  method: 'GET' | 'POST';
  path: string;
  /** JSON. */
  body?: string;
  cookie?: string;
}

/** Requests to one origin. */
export interface LoadJob {
  kind: 'load';
  origin: string;
  requests: LoadRequest[];
  /** Requests in flight at once, each on its own connection; with `rate`, at most. */
  connections: number;
  /** Sends the requests again and again, until the time is over; otherwise each once. */
  repeat?: boolean;
  /** Begins no request after so many milliseconds. */
  durationMs?: number;
  /** Requests a second that are begun whether or not the ones before are answered. */
  rate?: number;
  /** Returns the bodies. */
  collect?: boolean;
}

export interface Latency {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export interface LoadResult {
  elapsedMs: number;
  /** How often each status was answered, or each error occurred in the place of an answer, by its code. */
  statuses: Record<string, number>;
  /** From the request, or with a rate from when it was due, to the end of the answer. Milliseconds. */
  latency: Latency;
  /** Of the answers below 500 alone. */
  served: Latency;
  bodies: string[];
}

/** Lists one ticket after another and orders each as soon as it is listed. */
export interface OrderableJob {
  kind: 'orderable';
  tickets: string;
  orders: string;
  /** Of the user who lists. */
  sellerCookie: string;
  /** Of the user who orders. */
  cookie: string;
  count: number;
}

/** Publishes one message after another and receives each. */
export interface BusJob {
  kind: 'bus';
  natsUrl: string;
  clusterId: string;
  count: number;
}

export interface DelayResult {
  /** Milliseconds, in the order of measurement. */
  delays: number[];
}

export type Job = LoadJob | OrderableJob | BusJob;
export type ResultOf<J extends Job> = J extends LoadJob ? LoadResult : DelayResult;
export type Reply = { result: LoadResult | DelayResult } | { error: string };
