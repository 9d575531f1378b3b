import mongoose, { Schema } from 'mongoose';
import type { Collection } from '../mongo/batch';
import { declareQuery, readAll, updateOne } from '../mongo/queries';
import { plain } from '../mongo/versioned';

/** What has ended: one session, or a user's sessions that are older than an epoch. */
export type Revocation = { until: Date } & ({ sessionId: string } | { userId: string; epoch: number });

interface StoredRevocation {
  /** The session or the user, after a letter that says which. */
  _id: string;
  epoch?: number;
  until: Date;
  /** By the clock of the database, since several processes write. */
  storedAt: Date;
}

const schema = new Schema<StoredRevocation>(
  { _id: String, epoch: Number, until: Date, storedAt: Date },
  { versionKey: false },
);
// MongoDB deletes what no valid token can belong to any more.
schema.index({ until: 1 }, { expireAfterSeconds: 0 });

/** The revocation of one session, or of one user's sessions. */
export const revocationOf = declareQuery({ index: { _id: 1 }, filter: (key: string) => ({ _id: key }) });

/** What has been stored since a moment. */
export const revokedSince = declareQuery({
  index: { storedAt: 1 },
  filter: (since: Date) => ({ storedAt: { $gte: since } }),
  sort: { storedAt: 1 },
});
schema.index(revokedSince.declaration.index);

/** The collection in which a service keeps what it has been told. */
export const REVOKED_SESSIONS = 'revoked_sessions';

/** Its model; defined when a service with sessions is, so that its indexes are built with the others. */
export const revocationModel = (): Collection =>
  mongoose.models.RevokedSession ?? mongoose.model('RevokedSession', plain(schema), REVOKED_SESSIONS);

/** Stores a revocation in the service's own database; a second time changes nothing that matters. */
export const storeRevocation = async (revocation: Revocation): Promise<void> => {
  const isSession = 'sessionId' in revocation;
  const key = isSession ? `s ${revocation.sessionId}` : `u ${revocation.userId}`;
  await updateOne(revocationModel(), {
    at: revocationOf(key),
    // The latest one wins, in whatever order they arrive.
    update: {
      $max: { until: revocation.until, ...(isSession ? {} : { epoch: revocation.epoch }) },
      $currentDate: { storedAt: true },
    },
    upsert: true,
  });
};

/**
 * Reads what has been stored since a moment.
 *
 * @returns the revocations, and when the last of them was stored; `since` where there is none
 */
export const revocationsSince = async (since: Date): Promise<{ revocations: Revocation[]; last: Date }> => {
  const stored = await readAll<StoredRevocation>(revocationModel(), revokedSince(since));
  const revocations = stored.map(({ _id, until, epoch }): Revocation => {
    const name = _id.slice(2);
    return _id.startsWith('s ') ? { until, sessionId: name } : { until, userId: name, epoch: epoch ?? 0 };
  });
  return { revocations, last: stored.at(-1)?.storedAt ?? since };
};
