import mongoose, { Schema, type Model } from 'mongoose';

/** A message that no consumer could ever handle, kept for a person to look at. */
export interface DeadLetter {
  subject: string;
  sequence: number;
  queueGroup: string;
  /** The message as it came. */
  data: string;
  /** Why it could not be handled. */
  error: string;
}

/** Where dead letters go; the message is acknowledged once `store` has resolved. */
export interface DeadLetterStore {
  store(letter: DeadLetter): Promise<void>;
}

const deadLetterSchema = new Schema<DeadLetter>(
  { subject: String, sequence: Number, queueGroup: String, data: String, error: String },
  { timestamps: { createdAt: true, updatedAt: false }, versionKey: false },
);
deadLetterSchema.index({ queueGroup: 1, subject: 1, sequence: 1 });

const model = (): Model<DeadLetter> =>
  (mongoose.models.DeadLetter as Model<DeadLetter> | undefined) ??
  mongoose.model<DeadLetter>('DeadLetter', deadLetterSchema, 'dead_letters');

/** Keeps dead letters in the service's own MongoDB, collection `dead_letters`; storing twice is harmless. */
export const mongoDeadLetters: DeadLetterStore = {
  async store(letter) {
    const { subject, sequence, queueGroup } = letter;
    await model().updateOne({ subject, sequence, queueGroup }, { $set: letter }, { upsert: true });
  },
};
