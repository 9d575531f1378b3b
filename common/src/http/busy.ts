/** After how many seconds a client may retry what was answered with 503. */
export const RETRY_AFTER_SECONDS = 2;

/** What a request is answered that may well succeed in a moment. */
export const BUSY = 'The service is busy; please try again in a moment';
