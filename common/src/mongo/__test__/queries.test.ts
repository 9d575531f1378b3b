import mongoose from 'mongoose';
import { useTestDatabase } from '../../testing/database';
import { uncovered } from '../coverage';
import { deadLetterOf, mongoDeadLetters } from '../dead-letters';

useTestDatabase();

const letter = { subject: 'ticket:created', sequence: 7, queueGroup: 'orders-service' };

it('when a dead letter is stored, then an index exists by which it is found again', async () => {
  await mongoDeadLetters.store({ ...letter, data: '{', error: 'not JSON' });
  await mongoose.models.DeadLetter?.init();
  const { index } = deadLetterOf.declaration;
  const indexes = await mongoose.connection.collection('dead_letters').indexes();
  expect(indexes.map(({ key }) => key as object)).toContainEqual(index);
  expect(uncovered(deadLetterOf.declaration, deadLetterOf(letter).filter, false)).toBeUndefined();
});
