'use client';

import { useActionState, type FormEvent } from 'react';
import type { FormAction, FormState } from './form-state';
import { useSubmit, type Outcome, type Submit } from './use-submit';

export interface Form<State extends FormState> extends Submit {
  /** What the server returned for a submission without the page's script. */
  posted: State;
  /** The properties of the `<form>`. */
  form: {
    action: (form: FormData) => void;
    onSubmit: (event: FormEvent<HTMLFormElement>) => void;
    noValidate: true;
  };
}

/**
 * A form that works before the page's script has loaded, and without it: the browser posts it to `action`. The script
 * calls `send` instead, and stays on the page.
 *
 * @param wasDone the page was opened by a submission that succeeded
 */
export const useForm = <State extends FormState>(
  action: FormAction<State>,
  initial: Awaited<State>,
  send: (form: FormData, element: HTMLFormElement) => Promise<Outcome>,
  wasDone = false,
): Form<State> => {
  const [posted, post] = useActionState(action, initial);
  const submission = useSubmit(posted.problems, wasDone);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    void submission.submit(() => send(new FormData(element), element));
  };
  return { ...submission, posted, form: { action: post, onSubmit, noValidate: true } };
};
