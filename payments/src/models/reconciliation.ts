import { aggregate, newEntity, queriesOf, type Aggregate, type Entity } from '@ticketing/common';
import { model, Schema, type Model } from 'mongoose';

const KEPT_DAYS = 90;
const DAY_SECONDS = 24 * 3_600;

interface ReconciliationProps {
  /** The interval since 1970 that it belongs to; unique, so that of all processes one does its work. */
  slot: string;
  startedAt: Date;
  finishedAt?: Date;
  /** How many differences were repaired, and how many a person must look at. */
  repaired?: number;
  remaining?: number;
}

interface ReconciliationMethods extends Aggregate<never> {
  finish(result: { repaired: number; remaining: number }): void;
}

export type ReconciliationEntity = Entity<ReconciliationProps, ReconciliationMethods>;

interface ReconciliationModel extends Model<ReconciliationProps, object, ReconciliationMethods> {
  /** The run of one interval: who inserts it does the work. */
  begin(slot: string): ReconciliationEntity;
}

/** The runs of reconciliation. */
const reconciliationSchema = new Schema<ReconciliationProps, ReconciliationModel, ReconciliationMethods>({
  slot: { type: String, required: true },
  startedAt: { type: Date, required: true },
  finishedAt: Date,
  repaired: Number,
  remaining: Number,
});
reconciliationSchema.plugin(aggregate);
reconciliationSchema.index({ slot: 1 }, { unique: true });
reconciliationSchema.index({ startedAt: 1 }, { expireAfterSeconds: KEPT_DAYS * DAY_SECONDS });

reconciliationSchema.statics.begin = (slot: string) =>
  newEntity(Reconciliation, { slot, startedAt: new Date() });

reconciliationSchema.methods.finish = function (result) {
  Object.assign(this, result, { finishedAt: new Date() });
};

export const Reconciliation = model<ReconciliationProps, ReconciliationModel>(
  'Reconciliation',
  reconciliationSchema,
);

export const reconciliations = queriesOf(Reconciliation, {
  ofSlot: { index: { slot: 1 }, filter: (slot: string) => ({ slot }) },
});
