import type { paths } from '@ticketing/common/api';
import type { Client } from 'openapi-fetch';
import { refused, toApiError, unreachable } from './errors';

/** A service as docs/openapi.yaml describes it. */
export type Http = Client<paths>;

export type Send = (request: Request) => Promise<Response>;

/** Sends a request, and gives up after so many milliseconds. */
export const within =
  (milliseconds: number): Send =>
  async (request) => {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(milliseconds)]);
    try {
      return await fetch(request, { signal });
    } catch (error) {
      throw unreachable(request.url, error);
    }
  };

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data and the response of a call; anything but success is thrown as an ApiError. */
export const answered = async <T>(call: Promise<Answer<T>>): Promise<{ data: T; response: Response }> => {
  const { data, error, response } = await call.catch((failure: unknown) => {
    throw toApiError(failure);
  });
  if (!response.ok) throw refused(response, error);
  return { data: data as T, response };
};

export const dataOf = async <T>(call: Promise<Answer<T>>): Promise<T> => (await answered(call)).data;
