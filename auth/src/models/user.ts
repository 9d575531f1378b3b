import {
  aggregate,
  lastTokenExpires,
  newEntity,
  objectIdOf,
  queriesOf,
  Subjects,
  type Aggregate,
  type Entity,
  type SessionRevokedEvent,
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

interface UserProps extends UserAttrs {
  /** How often all sessions of this user were ended; absent while they never were. */
  sessionEpoch?: number;
}

interface UserMethods extends Aggregate<UserCreatedEvent | UserUpdatedEvent | SessionRevokedEvent> {
  /** Changes the email or the password and raises user:updated; a new password ends all sessions. */
  change(changes: Partial<UserAttrs>): void;
  /** Ends one session and raises session:revoked. */
  endSession(sessionId: string): void;
  /** Ends all sessions that have begun by now, and raises session:revoked. */
  endAllSessions(): void;
  hasPassword(password: string): Promise<boolean>;
}

export type UserDocument = HydratedDocument<UserProps, UserMethods>;
export type UserEntity = Entity<UserProps, UserMethods>;

interface UserModel extends Model<UserProps, object, UserMethods> {
  /** A user that raises no event. */
  build(attrs: UserAttrs): UserDocument;
  /** A new user, who raises user:created; the password is hashed already. */
  signUp(attrs: UserAttrs): UserEntity;
}

const userSchema = new Schema<UserProps, UserModel, UserMethods>({
  email: { type: String, required: true, unique: true, lowercase: true, trim: true },
  password: { type: String, required: true },
  sessionEpoch: Number,
});
userSchema.plugin(aggregate, { hidden: ['password', 'sessionEpoch', 'version'] });

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
  if (changes.password === undefined) this.raise(Subjects.UserUpdated, { email: this.email });
  else this.endAllSessions();
};

userSchema.methods.endSession = function (sessionId) {
  this.raise(Subjects.SessionRevoked, { sessionId, until: lastTokenExpires().toISOString() });
  // Projections of users follow user:updated: a version without it would be a gap for them.
  this.raise(Subjects.UserUpdated, { email: this.email });
};

userSchema.methods.endAllSessions = function () {
  this.sessionEpoch = (this.sessionEpoch ?? 0) + 1;
  this.raise(Subjects.SessionRevoked, { epoch: this.sessionEpoch, until: lastTokenExpires().toISOString() });
  this.raise(Subjects.UserUpdated, { email: this.email });
};

userSchema.methods.hasPassword = function (password) {
  return Password.compare(this.password, password);
};

export const User = model<UserProps, UserModel>('User', userSchema);

export const users = queriesOf(User, {
  byId: { index: { _id: 1 }, filter: (id: string) => ({ _id: id }) },
  byEmail: { index: { email: 1 }, filter: (email: string) => ({ email }) },
  withPassword: {
    index: { _id: 1 },
    filter: (id: string, password: string) => ({ _id: objectIdOf(id), password }),
    residual: ['password'],
  },
});
