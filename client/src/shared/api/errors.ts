export interface Problem {
  message: string;
  field?: string;
}

interface ApiErrorOptions extends ErrorOptions {
  /** The URL that was called. */
  url?: string;
  /** After a declined card: how many others may be tried. */
  attemptsLeft?: number;
}

/** Why a call failed, in messages for the visitor. `status` is 0 where no response came. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly url?: string;
  readonly attemptsLeft?: number;

  constructor(
    readonly status: number,
    readonly problems: Problem[],
    options: ApiErrorOptions = {},
  ) {
    super(problems.map((problem) => problem.message).join(' '), options);
    this.url = options.url;
    this.attemptsLeft = options.attemptsLeft;
  }
}

/** The status that a call failed with; undefined for any other error. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof ApiError ? error.status : undefined;

const UNREACHABLE = 'We couldn’t reach the shop. Check your connection and try again.';
const FAILED = 'Something went wrong on our side. Please try again in a moment.';

/** What a status means for a visitor, and what to do next. */
const MESSAGES: Record<number, string> = {
  401: 'You’re signed out. Sign in again to continue.',
  403: 'You don’t have access to this.',
  404: 'We couldn’t find this. It may have been removed.',
  409: 'This has just changed. Look at the page again, then retry.',
  429: 'Too many requests. Wait a moment, then try again.',
  502: UNREACHABLE,
  503: 'This part of the shop is taking a short break. Please try again in a moment.',
  504: UNREACHABLE,
};
const REFUSED = 'The shop couldn’t accept this. Check what you entered, then try again.';

const messageOf = (status: number) => MESSAGES[status] ?? (status < 500 ? REFUSED : FAILED);

/** Only a service that refuses what a visitor entered or wants has more to say than the status does. */
const speaksToVisitor = (status: number) => [400, 402, 409].includes(status);

/** Names of services and units, identifiers of documents and of Stripe's objects, code. */
const FOR_MACHINES =
  /-srv\b|[Mm]inor unit|\b[0-9a-f]{24}\b|\b(ch|re|pi|tok|cus|card|req)_\w|[{}<>]|[a-z]Id\b/;

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';

/** A body's `{ errors: [...] }`; empty where a proxy responded instead of the service. */
const problemsOf = (body: unknown): Problem[] =>
  typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors)
    ? body.errors.filter(isProblem)
    : [];

const attemptsLeftOf = (body: unknown): number | undefined =>
  typeof body === 'object' && body !== null && 'attemptsLeft' in body && typeof body.attemptsLeft === 'number'
    ? body.attemptsLeft
    : undefined;

/** The service, or a proxy, responded with an error. */
export const refused = ({ status, url }: Pick<Response, 'status' | 'url'>, body: unknown): ApiError => {
  const said = speaksToVisitor(status) ? problemsOf(body) : [];
  const problems = said.map(({ message, ...rest }) => ({
    message: FOR_MACHINES.test(message) ? messageOf(status) : message,
    ...rest,
  }));
  return new ApiError(status, problems.length > 0 ? problems : [{ message: messageOf(status) }], {
    url,
    attemptsLeft: attemptsLeftOf(body),
  });
};

/** No response came, at all or in time. */
export const unreachable = (url: string, cause: unknown): ApiError =>
  new ApiError(0, [{ message: UNREACHABLE }], { url, cause });

export const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(0, [{ message: FAILED }], { cause: error });
