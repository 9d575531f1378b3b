'use client';

import { useCallback, useRef, useState } from 'react';
import { toApiError, type Problem } from '@/shared/api/errors';

export interface Submit {
  busy: boolean;
  problems: Problem[];
  setProblems: (problems: Problem[]) => void;
  /** Runs the action unless one is already running, and keeps its problems. */
  submit: (action: () => Promise<void | 'leaving'>) => Promise<void>;
}

/**
 * One submission at a time. The guard is a ref, because two clicks can come before one render. An action that
 * returns 'leaving' has started a navigation: its button stays busy until the page is gone.
 */
export const useSubmit = (): Submit => {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);

  const submit = useCallback(async (action: () => Promise<void | 'leaving'>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setProblems([]);
    let outcome: void | 'leaving' = undefined;
    try {
      outcome = await action();
    } catch (error) {
      setProblems(toApiError(error).problems);
    } finally {
      if (outcome !== 'leaving') {
        running.current = false;
        setBusy(false);
      }
    }
  }, []);

  return { busy, problems, setProblems, submit };
};
