import {
  isObjectId,
  projection,
  queriesOf,
  type ProjectionModel,
  type UserUpdatedEvent,
} from '@ticketing/common';
import { LRUCache } from 'lru-cache';
import { model, Schema, type Model } from 'mongoose';

interface UserProps {
  email: string;
  version: number;
}

interface UserModel extends Model<UserProps>, ProjectionModel<UserProps> {
  /** Applies user:created or user:updated; see `applyEvent`. */
  project(data: UserUpdatedEvent['data']): Promise<void>;
  /**
   * The names of users, by id; one that is not known (yet) has none. A name may be ten seconds old where another
   * process has applied its change.
   */
  namesOf(ids: readonly string[]): Promise<Map<string, string | undefined>>;
}

/** This service's projection of auth's users: whose ticket it is. */
const userSchema = new Schema<UserProps, UserModel>({ email: { type: String, required: true } });
userSchema.plugin(projection);

/** A seller is shown by the part before the @: enough to recognize, not enough to write to. */
const nameOf = (email: string): string => email.split('@')[0] ?? email;

/** Names by user id: most tickets are shown again and again. */
const names = new LRUCache<string, string>({ max: 10_000, ttl: 10_000 });

userSchema.statics.project = async (data: UserUpdatedEvent['data']) => {
  await User.applyEvent(data, { email: data.email });
  names.delete(data.id);
};

userSchema.statics.namesOf = async (ids: readonly string[]) => {
  const found = new Map(ids.map((id) => [id, names.get(id)] as const));
  const unknown = [...found].filter(([id, name]) => name === undefined && isObjectId(id)).map(([id]) => id);
  if (unknown.length === 0) return found;
  for (const { _id, email } of await usersBy.ids(unknown).select({ email: 1 }).lean()) {
    const id = String(_id);
    names.set(id, nameOf(email));
    found.set(id, nameOf(email));
  }
  return found;
};

export const User = model<UserProps, UserModel>('User', userSchema);

export const usersBy = queriesOf(User, {
  ids: { index: { _id: 1 }, filter: (ids: readonly string[]) => ({ _id: { $in: ids } }) },
});
