import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import { connect } from 'node:net';

const TIMEOUT_MS = 2_000;

/** Whether a GET answers 200. @throws Error when there is no answer */
export const answersOk = async (url: string): Promise<boolean> => {
  const request = http.get(url, { agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode === 200;
};

/** Whether the port accepts a connection and replies to `say`, if given, as expected. @throws Error when it does not */
export const answersOn = async (port: number, say?: string, expected = ''): Promise<boolean> => {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect', { signal });
    if (say === undefined) return true;
    socket.write(say);
    const [reply] = (await once(socket, 'data', { signal })) as [Buffer];
    return reply.toString().startsWith(expected);
  } finally {
    socket.destroy();
  }
};
