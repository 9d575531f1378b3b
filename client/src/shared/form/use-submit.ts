'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { toApiError, type Problem } from '@/shared/api/errors';

/** What an action may report; nothing is said of one that reports nothing. */
export type Outcome = void | 'leaving' | 'done';

export interface Submit {
  busy: boolean;
  /** The latest submission on the page succeeded, and is worth a message. */
  done: boolean;
  problems: Problem[];
  /** Runs the action unless one is already running, and keeps its problems. */
  submit: (action: () => Promise<Outcome>) => Promise<void>;
}

/** One submission on a page dismisses what is shown of all earlier ones. */
const submissions = new EventTarget();
const NONE: Problem[] = [];

/**
 * One submission at a time. The guard is a ref, because two clicks can come before one render. An action that
 * returns 'leaving' has started a navigation: its button stays busy until the page is gone.
 *
 * @param initial the problems of a submission that the server handled, until the next one
 * @param wasDone such a submission succeeded
 */
export const useSubmit = (initial: Problem[] = NONE, wasDone = false): Submit => {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(wasDone);
  const [problems, setProblems] = useState(initial);

  useEffect(() => {
    const dismiss = () => {
      setProblems(NONE);
      setDone(false);
    };
    submissions.addEventListener('start', dismiss);
    return () => submissions.removeEventListener('start', dismiss);
  }, []);

  const submit = useCallback(async (action: () => Promise<Outcome>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    submissions.dispatchEvent(new Event('start'));
    let outcome: Outcome = undefined;
    try {
      outcome = await action();
      setDone(outcome === 'done');
    } catch (error) {
      setProblems(toApiError(error).problems);
    } finally {
      if (outcome !== 'leaving') {
        running.current = false;
        setBusy(false);
      }
    }
  }, []);

  return { busy, done, problems, submit };
};
