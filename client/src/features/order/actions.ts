'use server';

import { ApiError, statusOf } from '@/shared/api/errors';
import { textOf, type FormState } from '@/shared/form/form-state';
import { handleForm } from '@/shared/server/handle-form';
import { payByIntent, returnPath } from './payment/pay-by-intent';
import { confirmAtSandbox } from './payment/sandbox';
import { sandboxHere } from './payment/sandbox-server';
import { untilComplete } from './until-complete';

const pathOf = (orderId: string) => `/orders/${encodeURIComponent(orderId)}`;

/** Whether the money may have moved although no service said so. */
const isInDoubt = (error: unknown) => {
  const status = statusOf(error);
  return status === 0 || (status !== undefined && status >= 500);
};

/** Pays an order with one of the sandbox's cards. */
export const payOrder = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, [], async (api) => {
    const [method, orderId] = [textOf(form, 'method'), textOf(form, 'orderId')];
    const here = await sandboxHere();
    if (!here) throw new ApiError(404, [{ message: 'This shop takes no test cards.' }]);
    const { sandbox, headers, shop } = here;
    const returnUrl = new URL(returnPath(orderId), shop).href;
    try {
      const confirm = confirmAtSandbox({ sandbox, headers, method, returnUrl });
      const bank = await payByIntent(api, orderId, confirm);
      if (bank) return bank;
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
