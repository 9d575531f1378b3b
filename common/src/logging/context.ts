import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What one request or one event carries through everything that it causes. */
export interface WorkContext {
  /** Shared by a request and all events and refunds that follow from it, across services. */
  correlationId: string;
  /** The HTTP request being served, where there is one. */
  requestId?: string;
  /** The event being handled, where there is one. */
  eventId?: string;
}

const storage = new AsyncLocalStorage<WorkContext>();

/** Runs `work` with `context` visible to `currentContext()` and to every log line written inside it. */
export const runInContext = <T>(context: WorkContext, work: () => T): T => storage.run(context, work);

/** The context of the request or event being handled, if any. */
export const currentContext = (): WorkContext | undefined => storage.getStore();

/** The correlation id to put into an event raised now: the current one, or a new one. */
export const correlationId = (): string => storage.getStore()?.correlationId ?? randomUUID();
