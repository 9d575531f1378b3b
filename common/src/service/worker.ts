/** Something of a service's own that runs beside HTTP and events: a sweep, a job queue. */
export interface Worker {
  /** A name for the log and, where `isReady` is given, for `/readyz`. */
  name: string;
  /** Called when the database and the bus are connected. */
  start(): Promise<void> | void;
  /** Resolves when nothing of it runs any more; also called when it was never started. */
  stop(): Promise<void> | void;
  /** Whether what it depends on is available just now. */
  isReady?(): boolean;
}
