import { ApiError, type Problem } from '@/shared/api/errors';

/** What a form shows once the server has handled its submission: what was wrong, and what was typed. */
export interface FormState {
  problems: Problem[];
  /** By field name; never a password. */
  values: Readonly<Record<string, string>>;
}

/** Handles a form's submission on the server, as a browser posts it without the page's script. */
export type FormAction<State = FormState> = (state: State, form: FormData) => Promise<State>;

export const untouched: FormState = { problems: [], values: {} };

/** The text of a field; empty where the form has no such field. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** @throws ApiError with the problems, as a service would report them, unless there are none */
export const assertValid = (...problems: Problem[]): void => {
  if (problems.length > 0) throw new ApiError(400, problems);
};
