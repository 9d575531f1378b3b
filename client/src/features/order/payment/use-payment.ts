'use client';

import { useActionState, useEffect, useState } from 'react';
import { api } from '@/shared/api/browser';
import { ApiError } from '@/shared/api/errors';
import { untouched, type FormAction } from '@/shared/form/form-state';
import { useSubmit, type Submit } from '@/shared/form/use-submit';
import { leaveFor } from '@/shared/leave-for';
import { payByIntent, type Confirm } from './pay-by-intent';
import { sentPayments } from './sent-payments';

/** After this long, an order that is still unpaid may be paid again. */
const DOUBT_MS = 15_000;

/** A card as one of the forms holds it. */
export interface Card {
  /** Before anything is sent. @throws ApiError where the form is not filled in */
  check?: () => Promise<void>;
  confirm: Confirm;
}

export interface PaymentAttempt extends Pick<Submit, 'busy' | 'problems'> {
  /** The outcome is not known: the money may have moved. */
  inDoubt: boolean;
  /** The bank's reason, where the last card that may be tried was declined. */
  declined?: string;
  pay: (card: Card) => Promise<void>;
  /** Pays on the server, with the card in the form. */
  post: (form: FormData) => void;
}

/** A browser may bring the page back as it was left for the bank: busy, for good. */
const useFreshPage = () =>
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) window.location.reload();
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, []);

/** One payment at a time, and none on top of one whose outcome is unknown. */
export const usePayment = (orderId: string, onSettled: () => void, action: FormAction): PaymentAttempt => {
  const [posted, post] = useActionState(action, untouched);
  const { busy, problems, submit } = useSubmit(posted.problems);
  const [inDoubt, setInDoubt] = useState(false);
  const [declined, setDeclined] = useState<string>();
  useFreshPage();

  useEffect(() => {
    if (!inDoubt) return;
    const timer = setTimeout(() => setInDoubt(false), DOUBT_MS);
    return () => clearTimeout(timer);
  }, [inDoubt]);

  const pay = ({ check, confirm }: Card) =>
    submit(async () => {
      if (inDoubt) return;
      setDeclined(undefined);
      await check?.();
      sentPayments.add(orderId);
      try {
        const redirect = await payByIntent(api, orderId, confirm);
        if (!redirect) return;
        sentPayments.remove(orderId);
        leaveFor(redirect);
        return 'leaving';
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 0 || error.status >= 500) {
          setTimeout(() => sentPayments.remove(orderId), DOUBT_MS);
          return setInDoubt(true);
        }
        if (error.status === 402 && !error.attemptsLeft) return setDeclined(error.message);
        sentPayments.remove(orderId);
        throw error;
      } finally {
        onSettled();
      }
    });

  return { busy, problems, inDoubt, declined, pay, post };
};
