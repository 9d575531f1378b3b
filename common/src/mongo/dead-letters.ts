import mongoose, { Schema } from 'mongoose';
import { DEAD_LETTER_DAYS, letterIn, type DeadLetter, type DeadLetterStore } from '../bus/dead-letters';
import type { Collection } from './batch';
import { declareQuery, deleteOne, readAll, updateOne } from './queries';
import { plain } from './versioned';

/** A letter, and whether a person wants it to be handled again. */
type Kept = DeadLetter & { isWanted?: true };

const deadLetterSchema = new Schema<Kept>(
  {
    ...{ bus: String, subject: String, sequence: Number, queueGroup: String, data: String, error: String },
    ...{ tries: Number, isWanted: Boolean },
  },
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

/** Letters to be handled again, in the order in which they came. */
export const wantedDeadLetters = declareQuery({
  index: { isWanted: 1, sequence: 1 },
  filter: () => ({ isWanted: true }),
  sort: { sequence: 1 },
});
deadLetterSchema.index(wantedDeadLetters.declaration.index, { sparse: true });

const DAY_SECONDS = 86_400;
deadLetterSchema.index({ createdAt: 1 }, { expireAfterSeconds: DEAD_LETTER_DAYS * DAY_SECONDS });

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
      update: { $set: letter, $unset: { isWanted: '' }, $setOnInsert: { createdAt: new Date() } },
      upsert: true,
    });
  },

  async wanted() {
    return (await readAll<Kept>(model(), wantedDeadLetters())).map(letterIn);
  },

  async remove(letter) {
    await deleteOne(model(), deadLetterOf(letter));
  },
};
