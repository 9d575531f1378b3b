import { Admission, admit } from '@ticketing/common';

/**
 * One queue for all routes that hash passwords. A hash takes a core about 50 milliseconds, on one of four threads, and
 * far more on a busy machine: so few wait, and none who would wait for more than three seconds.
 */
const passwords = new Admission('passwords', { sustained: 64, burst: 128, maxWaitMs: 3_000 });

/** Middleware for routes that hash a password: it refuses a request that would wait for seconds. */
export const admitPassword = admit(() => passwords);
