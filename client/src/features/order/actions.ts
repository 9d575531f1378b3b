'use server';

import { setTimeout as sleep } from 'node:timers/promises';
import { statusOf } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';
import { textOf, type FormState } from '@/shared/form/form-state';
import { handleForm } from '@/shared/server/handle-form';

const pathOf = (orderId: string) => `/orders/${encodeURIComponent(orderId)}`;
const [ATTEMPTS, PAUSE_MS] = [10, 200];

/** A page without a script cannot wait for the order to be complete, so the response does, for a moment. */
const untilComplete = async (api: Marketplace, orderId: string) => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if ((await api.order(orderId)).status === 'complete') return;
    await sleep(PAUSE_MS);
  }
};

/** Whether the money may have moved although no service said so. */
const isInDoubt = (error: unknown) => {
  const status = statusOf(error);
  return status === 0 || (status !== undefined && status >= 500);
};

/** Pays an order with one of the sandbox's cards. */
export const payOrder = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, [], async (api) => {
    const [token, orderId] = [textOf(form, 'token'), textOf(form, 'orderId')];
    try {
      await api.pay({ token, orderId });
      await untilComplete(api, orderId);
    } catch (error) {
      if (!isInDoubt(error)) throw error;
    }
    return pathOf(orderId);
  });

export const cancelOrder = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, [], async (api) => {
    const orderId = textOf(form, 'orderId');
    await api.cancelOrder(orderId);
    return pathOf(orderId);
  });
