export interface Problem {
  message: string;
  field?: string;
}

interface ApiErrorOptions extends ErrorOptions {
  /** The URL that was called. */
  url?: string;
}

/** Why a call failed, in messages for the visitor. `status` is 0 where no response came. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly url?: string;

  constructor(
    readonly status: number,
    readonly problems: Problem[],
    options: ApiErrorOptions = {},
  ) {
    super(problems.map((problem) => problem.message).join(' '), options);
    this.url = options.url;
  }
}

/** The status that a call failed with; undefined for any other error. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof ApiError ? error.status : undefined;

const UNREACHABLE = 'We couldn’t reach the server. Check your connection and try again.';
const FAILED = 'Something went wrong on our side. Please try again in a moment.';
const BUSY = 'Too many requests. Wait a moment, then try again.';

const messageOf = (status: number) => {
  if (status === 429) return BUSY;
  return status === 502 || status === 504 ? UNREACHABLE : FAILED;
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';

/** A body's `{ errors: [...] }`; empty where a proxy responded instead of the service. */
const problemsOf = (body: unknown): Problem[] =>
  typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors)
    ? body.errors.filter(isProblem)
    : [];

/** The service, or a proxy, responded with an error. */
export const refused = ({ status, url }: Pick<Response, 'status' | 'url'>, body: unknown): ApiError => {
  const problems = problemsOf(body);
  return new ApiError(status, problems.length > 0 ? problems : [{ message: messageOf(status) }], { url });
};

/** No response came, at all or in time. */
export const unreachable = (url: string, cause: unknown): ApiError =>
  new ApiError(0, [{ message: UNREACHABLE }], { url, cause });

export const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(0, [{ message: FAILED }], { cause: error });
