import { SessionRevokedPublisher } from './session-revoked-publisher';
import { UserCreatedPublisher } from './user-created-publisher';
import { UserUpdatedPublisher } from './user-updated-publisher';

/** All that this service publishes: an aggregate that raises anything else does not compile (see `app.ts`). */
export const publishers = [UserCreatedPublisher, UserUpdatedPublisher, SessionRevokedPublisher] as const;
