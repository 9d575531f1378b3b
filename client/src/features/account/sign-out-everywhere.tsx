'use client';

import { useRouter } from 'next/navigation';
import { api } from '@/shared/api/browser';
import { ErrorSummary } from '@/shared/form/error-summary';
import { untouched, type FormAction } from '@/shared/form/form-state';
import { SubmitButton } from '@/shared/form/submit-button';
import { useForm } from '@/shared/form/use-form';
import { Panel } from '@/shared/ui/page';

/** For a user who has left a session open elsewhere, or does not know who has one. */
export const SignOutEverywhere = ({ action }: { action: FormAction }) => {
  const router = useRouter();
  const { busy, problems, form } = useForm(action, untouched, async () => {
    await api.signOutEverywhere();
    router.push('/');
    router.refresh();
  });
  return (
    <Panel>
      <form {...form} aria-labelledby="everywhere-title">
        <h2 className="fs-4 mb-3" id="everywhere-title">
          Sign out everywhere
        </h2>
        <ErrorSummary problems={problems} />
        <p>Ends your sessions in this browser and in every other one. A new password does that, too.</p>
        <SubmitButton busy={busy} busyLabel="Signing out…">
          End all sessions
        </SubmitButton>
      </form>
    </Panel>
  );
};
