import { Admission, admit } from '@ticketing/common';

/**
 * One queue for all routes that hash passwords. A hash takes a core about 50 milliseconds, on one of four threads: 64
 * requests wait two seconds on two cores, where the process could otherwise hold thousands of other requests.
 */
const passwords = new Admission('passwords', { sustained: 64, burst: 128 });

/** Middleware for routes that hash a password: it refuses a request that would wait for seconds. */
export const admitPassword = admit(() => passwords);
