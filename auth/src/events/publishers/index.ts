import { UserCreatedPublisher } from './user-created-publisher';
import { UserUpdatedPublisher } from './user-updated-publisher';

/** All that this service may say: raising anything else does not compile. */
export const publishers = [UserCreatedPublisher, UserUpdatedPublisher] as const;
