import {
  aggregate,
  newEntity,
  queriesOf,
  Subjects,
  type Aggregate,
  type Entity,
  type UserCreatedEvent,
  type UserUpdatedEvent,
} from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';
import { Password } from '../services/password';

export interface UserAttrs {
  email: string;
  /** As typed; `save` hashes it. */
  password: string;
}

interface UserMethods extends Aggregate<UserCreatedEvent | UserUpdatedEvent> {
  /** Changes the email or the password and raises user:updated. */
  change(changes: Partial<UserAttrs>): void;
  hasPassword(password: string): Promise<boolean>;
}

export type UserDocument = HydratedDocument<UserAttrs, UserMethods>;
export type UserEntity = Entity<UserAttrs, UserMethods>;

interface UserModel extends Model<UserAttrs, object, UserMethods> {
  /** A user that raises no event. */
  build(attrs: UserAttrs): UserDocument;
  /** A new user, who raises user:created; the password is hashed already. */
  signUp(attrs: UserAttrs): UserEntity;
}

const userSchema = new Schema<UserAttrs, UserModel, UserMethods>({
  email: { type: String, required: true, unique: true, lowercase: true, trim: true },
  password: { type: String, required: true },
});
userSchema.plugin(aggregate, { hidden: ['password', 'version'] });

userSchema.pre('save', async function () {
  if (this.isModified('password')) this.password = await Password.toHash(this.password);
});

userSchema.statics.build = (attrs: UserAttrs) => new User(attrs);

userSchema.statics.signUp = (attrs: UserAttrs) => {
  const user = newEntity(User, attrs);
  user.raise(Subjects.UserCreated, { email: user.email });
  return user;
};

userSchema.methods.change = function (changes) {
  this.set(changes);
  this.raise(Subjects.UserUpdated, { email: this.email });
};

userSchema.methods.hasPassword = function (password) {
  return Password.compare(this.password, password);
};

export const User = model<UserAttrs, UserModel>('User', userSchema);

export const users = queriesOf(User, {
  byId: { index: { _id: 1 }, filter: (id: string) => ({ _id: id }) },
  byEmail: { index: { email: 1 }, filter: (email: string) => ({ email }) },
});
