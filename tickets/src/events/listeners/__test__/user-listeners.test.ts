import { VersionGapError } from '@ticketing/common';
import { mockMessage } from '@ticketing/common/testing';
import { Types } from 'mongoose';
import { User } from '../../../models/user';
import { natsWrapper } from '../../../nats-wrapper';
import { UserCreatedListener } from '../user-created-listener';
import { UserUpdatedListener } from '../user-updated-listener';

const id = new Types.ObjectId().toHexString();

it('when a user is created and renamed, then their name follows', async () => {
  await new UserCreatedListener(natsWrapper.client).onMessage(
    { id, version: 0, email: 'ann@x.com' },
    mockMessage(),
  );
  expect((await User.namesOf([id])).get(id)).toBe('ann');
  const msg = mockMessage();
  await new UserUpdatedListener(natsWrapper.client).onMessage({ id, version: 1, email: 'bob@x.com' }, msg);
  expect((await User.namesOf([id])).get(id)).toBe('bob');
  expect(msg.ack).toHaveBeenCalled();
});

it('when a rename comes first, then it waits', async () => {
  const msg = mockMessage();
  const renamed = new UserUpdatedListener(natsWrapper.client).onMessage(
    { id, version: 1, email: 'bob@x.com' },
    msg,
  );
  await expect(renamed).rejects.toThrow(VersionGapError);
  expect(msg.ack).not.toHaveBeenCalled();
});
