import DataLoader from 'dataloader';
import type { Model } from 'mongoose';

/** A model, as far as it is a collection of stored documents. */
export type Collection = Pick<Model<unknown>, 'collection'>;

/** Operations in one command at most: the server has other work between two commands. */
const MAX_BATCH = 100;

/**
 * What requests ask of a collection while a command of the same kind is on its way becomes the next command
 * (group commit: DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984), since a
 * round trip costs this process more than its share of the work. A request that is alone waits for no other;
 * the busier the database, the larger the batches.
 *
 * @param work sends the command; resolves to an answer or an error for each key, in order
 * @param gather when to send what is asked while no command is on its way; by default at the turn's end
 */
export const batched = <K, V>(
  work: (keys: readonly K[]) => Promise<(V | Error)[]>,
  gather: (dispatch: () => void) => void = setImmediate,
): DataLoader<K, V> => {
  let running: Promise<void> | undefined;
  const track = (command: Promise<(V | Error)[]>): Promise<(V | Error)[]> => {
    const current = Promise.allSettled([command]).then(() => {
      if (running === current) running = undefined;
    });
    running = current;
    return command;
  };
  return new DataLoader((keys: readonly K[]) => track(work(keys)), {
    cache: false,
    maxBatchSize: MAX_BATCH,
    batchScheduleFn: (dispatch) => {
      if (running) void running.then(dispatch);
      else gather(dispatch);
    },
  });
};

/** Makes one thing for each model, at its first use. */
export const perModel = <L>(create: (model: Collection) => L): ((model: Collection) => L) => {
  const made = new WeakMap<Collection, L>();
  return (model) => {
    const known = made.get(model);
    if (known) return known;
    const one = create(model);
    made.set(model, one);
    return one;
  };
};
