import { isObjectId, projection, queriesOf, type ProjectionModel } from '@ticketing/common';
import { model, Schema, type Model } from 'mongoose';

interface UserProps {
  email: string;
  version: number;
}

interface UserModel extends Model<UserProps>, ProjectionModel<UserProps> {
  /** The names of users, by id; one that is not known (yet) has none. */
  namesOf(ids: readonly string[]): Promise<Map<string, string>>;
}

/** This service's projection of auth's users: whose ticket it is. */
const userSchema = new Schema<UserProps, UserModel>({ email: { type: String, required: true } });
userSchema.plugin(projection);

/** A seller is shown by the part before the @: enough to recognize, not enough to write to. */
const nameOf = (email: string): string => email.split('@')[0] ?? email;

userSchema.statics.namesOf = async (ids: readonly string[]) => {
  const users = await usersBy
    .ids([...new Set(ids)].filter(isObjectId))
    .select({ email: 1 })
    .lean();
  return new Map(users.map(({ _id, email }) => [String(_id), nameOf(email)]));
};

export const User = model<UserProps, UserModel>('User', userSchema);

export const usersBy = queriesOf(User, {
  ids: { index: { _id: 1 }, filter: (ids: readonly string[]) => ({ _id: { $in: ids } }) },
});
