import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `check` passes (throws nothing and does not return false); fails with its last failure. */
export const eventually = async (
  check: () => void | boolean | Promise<void | boolean>,
  timeoutMs = 10_000,
): Promise<void> => {
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      if ((await check()) === false) throw new Error('did not become true in time');
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await sleep(20);
  }
};

/** A promise with its handles, and whether it has settled. */
export const deferred = <T = void>() => {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
};

/** Whether `promise` settles within `ms`. */
export const settles = (promise: Promise<unknown>, ms: number): Promise<boolean> =>
  Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    sleep(ms, false, { ref: false }),
  ]);
