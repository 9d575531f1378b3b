import mongoose, { Schema, type Model } from 'mongoose';
import type { DeadLetter, DeadLetterStore } from '../bus/dead-letters';

const deadLetterSchema = new Schema<DeadLetter>(
  { subject: String, sequence: Number, queueGroup: String, data: String, error: String },
  { timestamps: { createdAt: true, updatedAt: false }, versionKey: false },
);
deadLetterSchema.index({ queueGroup: 1, subject: 1, sequence: 1 });

const model = (): Model<DeadLetter> =>
  (mongoose.models.DeadLetter as Model<DeadLetter> | undefined) ??
  mongoose.model<DeadLetter>('DeadLetter', deadLetterSchema, 'dead_letters');

/** Keeps dead letters in the service's own MongoDB, collection `dead_letters`. */
export const mongoDeadLetters: DeadLetterStore = {
  async store(letter) {
    const { subject, sequence, queueGroup } = letter;
    await model().updateOne({ subject, sequence, queueGroup }, { $set: letter }, { upsert: true });
  },
};
