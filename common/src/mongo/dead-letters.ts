import mongoose, { Schema } from 'mongoose';
import type { DeadLetter, DeadLetterStore } from '../bus/dead-letters';
import type { Collection } from './batch';
import { declareQuery, updateOne } from './queries';
import { plain } from './versioned';

const deadLetterSchema = new Schema<DeadLetter>(
  { bus: String, subject: String, sequence: Number, queueGroup: String, data: String, error: String },
  { timestamps: { createdAt: true, updatedAt: false }, versionKey: false },
);

type Place = Pick<DeadLetter, 'queueGroup' | 'subject' | 'sequence'> & { bus?: string | null };

/** The dead letter of one message, as a queue group received it. */
export const deadLetterOf = declareQuery({
  index: { queueGroup: 1, subject: 1, sequence: 1 },
  filter: ({ queueGroup, subject, sequence, bus = null }: Place) => ({ queueGroup, subject, sequence, bus }),
  // Two buses have a message of the same number only after a move from one to the other.
  residual: ['bus'],
});
deadLetterSchema.index(deadLetterOf.declaration.index);

const model = (): Collection & { init(): Promise<unknown> } =>
  mongoose.models.DeadLetter ?? mongoose.model('DeadLetter', plain(deadLetterSchema), 'dead_letters');

/** Keeps dead letters in the service's own MongoDB, collection `dead_letters`. */
export const mongoDeadLetters: DeadLetterStore = {
  async store(letter) {
    const letters = model();
    // Made with the first letter, the collection must not be made a second time by the write. That its index could
    // not be built keeps no letter from being stored.
    await letters.init().catch(() => undefined);
    await updateOne(letters, {
      at: deadLetterOf(letter),
      update: { $set: letter, $setOnInsert: { createdAt: new Date() } },
      upsert: true,
    });
  },
};
