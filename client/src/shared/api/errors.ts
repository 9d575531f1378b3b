import { isAxiosError, isCancel } from 'axios';

export interface Problem {
  message: string;
  field?: string;
}

/** What went wrong with a call, in words for a person. `status` is 0 where no answer came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problems: Problem[],
    options?: ErrorOptions,
  ) {
    super(problems.map((problem) => problem.message).join(' '), options);
    this.name = 'ApiError';
  }
}

/** The status of the answer that a call failed with. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof ApiError ? error.status : undefined;

const UNREACHABLE = 'We could not reach the box office. Check your connection and try again.';
const FAILED = 'Something went wrong on our side. Please try again in a moment.';
const BUSY = 'That was a bit too fast for us. Please wait a moment and try again.';

/** An answer's `{ errors: [...] }`, or nothing where a proxy answered in the service's place. */
const problemsOf = (body: unknown): Problem[] => {
  const errors = (body as { errors?: unknown } | null)?.errors;
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: Partial<Problem> | null) =>
    typeof error?.message === 'string' ? [{ message: error.message, field: error.field }] : [],
  );
};

export const toApiError = (error: unknown): ApiError => {
  if (error instanceof ApiError) return error;
  if (!isAxiosError(error) || isCancel(error))
    return new ApiError(0, [{ message: FAILED }], { cause: error });
  if (!error.response) return new ApiError(0, [{ message: UNREACHABLE }], { cause: error });
  const { status, data } = error.response;
  const problems = problemsOf(data);
  if (problems.length > 0) return new ApiError(status, problems, { cause: error });
  const message = status === 429 ? BUSY : status === 502 || status === 504 ? UNREACHABLE : FAILED;
  return new ApiError(status, [{ message }], { cause: error });
};
