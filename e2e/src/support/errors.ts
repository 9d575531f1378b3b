import type { ErrorBody } from '@ticketing/common/api';
import type { Customer } from './customer';

/** A request that is expected to fail. */
export const send = (sender: Customer, method: string, url: string, body?: unknown) =>
  sender.request<ErrorBody>(method, url, body);

export const fieldsOf = ({ errors }: ErrorBody) => errors.map(({ field }) => field);
