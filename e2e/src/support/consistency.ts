import { auditBooks, readBooks, type Databases, type Finding } from '@ticketing/auditor';
import { waitForNone } from './wait-for';

/** What the checks compare: the services' databases, and the Stripe sandbox's books. */
export interface Sources {
  databases: Databases;
  sandboxUrl: string;
}

/** Orders that are neither complete nor cancelled. */
const unfinishedOrders = async (databases: Databases): Promise<string[]> =>
  (await databases.orders())
    .filter(({ status }) => status !== 'complete' && status !== 'cancelled')
    .map(({ _id, status }) => `order ${String(_id)} is ${status}`);

const messagesOf = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ invariant, violations }) =>
    violations.map(({ subject, message }) => `${invariant.name}: ${subject} ${message}`),
  );

/** What breaks the auditor's invariants, or those of them that are named. */
const problems = async (
  { databases, sandboxUrl }: { databases: Databases; sandboxUrl?: string },
  names?: readonly string[],
): Promise<string[]> => {
  const books = await readBooks({ databases, stripe: sandboxUrl ? { sandboxUrl } : undefined });
  return messagesOf(auditBooks(books).filter(({ invariant }) => names?.includes(invariant.name) ?? true));
};

/** Waits until every order is complete or cancelled. */
export const waitForFinalOrders = (databases: Databases, timeoutMs?: number): Promise<string[]> =>
  waitForNone('all orders to be complete or cancelled', () => unfinishedOrders(databases), timeoutMs);

export const waitForLocks = (databases: Databases): Promise<string[]> =>
  waitForNone('tickets to be locked by their active orders', () =>
    problems({ databases }, ['sold-once', 'reservation', 'lock', 'sold-is-paid']),
  );

export const waitForProjections = (databases: Databases): Promise<string[]> =>
  waitForNone('projections to equal the documents', () =>
    problems({ databases }, ['tickets-known', 'orders-known', 'users-known']),
  );

export const waitForEmptyOutboxes = (databases: Databases): Promise<string[]> =>
  waitForNone('outboxes to be empty', () => problems({ databases }, ['published']));

/** Waits until the auditor finds nothing; the error names what remains. */
export const waitForConsistency = (sources: Sources): Promise<string[]> =>
  waitForNone('the books to agree', () => problems(sources));
