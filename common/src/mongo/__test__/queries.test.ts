import mongoose from 'mongoose';
import { revocationModel, revocationOf, revokedSince } from '../../session/revocation-store';
import { useTestDatabase } from '../../testing/database';
import { uncovered } from '../coverage';
import { deadLetterOf, mongoDeadLetters, wantedDeadLetters } from '../dead-letters';

useTestDatabase();

const letter = { subject: 'ticket:created', sequence: 7, queueGroup: 'orders-service' };

it('when a dead letter is stored, then an index exists by which it is found again', async () => {
  await mongoDeadLetters.store({ ...letter, data: '{', error: 'not JSON' });
  await mongoose.models.DeadLetter?.init();
  const { index } = deadLetterOf.declaration;
  const indexes = await mongoose.connection.collection('dead_letters').indexes();
  expect(indexes.map(({ key }) => key as object)).toContainEqual(index);
  expect(uncovered(deadLetterOf.declaration, deadLetterOf(letter).filter, false)).toBeUndefined();
  expect(indexes.map(({ key }) => key as object)).toContainEqual(wantedDeadLetters.declaration.index);
  expect(uncovered(wantedDeadLetters.declaration, wantedDeadLetters().filter, false)).toBeUndefined();
});

it.each([
  ['one revoked session', revocationOf.declaration, revocationOf('s 1').filter, true],
  ['what was revoked lately', revokedSince.declaration, revokedSince(new Date()).filter, false],
])(
  'when %s is looked for, then an index exists that answers it',
  async (_what, declaration, filter, isUnique) => {
    const model = revocationModel() as ReturnType<typeof revocationModel> & { init(): Promise<unknown> };
    await model.init();
    const indexes = await mongoose.connection.collection('revoked_sessions').indexes();
    expect(indexes.map(({ key }) => key as object)).toContainEqual(declaration.index);
    expect(uncovered(declaration, filter, isUnique)).toBeUndefined();
  },
);
