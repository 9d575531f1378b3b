export interface Problem {
  message: string;
  field?: string;
}

interface ApiErrorOptions extends ErrorOptions {
  /** Where the call went. */
  url?: string;
}

/** What went wrong with a call, in words for a person. `status` is 0 where no answer came. */
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

/** The status of the answer that a call failed with. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof ApiError ? error.status : undefined;

const UNREACHABLE = 'We could not reach the box office. Check your connection and try again.';
const FAILED = 'Something went wrong on our side. Please try again in a moment.';
const BUSY = 'That was a bit too fast for us. Please wait a moment and try again.';

const messageOf = (status: number) => {
  if (status === 429) return BUSY;
  return status === 502 || status === 504 ? UNREACHABLE : FAILED;
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';

/** A body's `{ errors: [...] }`, or nothing where a proxy answered in the service's place. */
const problemsOf = (body: unknown): Problem[] =>
  typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors)
    ? body.errors.filter(isProblem)
    : [];

/** The call was answered, with an error. */
export const refused = ({ status, url }: Pick<Response, 'status' | 'url'>, body: unknown): ApiError => {
  const problems = problemsOf(body);
  return new ApiError(status, problems.length > 0 ? problems : [{ message: messageOf(status) }], { url });
};

/** No answer came, at all or in time. */
export const unreachable = (url: string, cause: unknown): ApiError =>
  new ApiError(0, [{ message: UNREACHABLE }], { url, cause });

export const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(0, [{ message: FAILED }], { cause: error });
