import 'server-only';
import { redirect } from 'next/navigation';
import { ApiError } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';
import { actionApi } from '@/shared/api/server';
import { textOf, type FormState } from '@/shared/form/form-state';

/**
 * Handles a posted form. Next.js has refused it by then if another site sent it.
 *
 * @param kept the fields to show again beside their problems; never a password
 * @param run does what the form is for
 * @returns the problems, or what `run` returned to show; where that is a path, it redirects there
 */
export const handleForm = async <State extends FormState = FormState>(
  form: FormData,
  kept: readonly string[],
  run: (api: Marketplace) => Promise<string | State>,
): Promise<State | FormState> => {
  let outcome: string | State;
  try {
    outcome = await run(await actionApi());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const values = Object.fromEntries(kept.map((name) => [name, textOf(form, name)]));
    return { problems: error.problems, values };
  }
  return typeof outcome === 'string' ? redirect(outcome) : outcome;
};
