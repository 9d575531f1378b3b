import http from 'node:http';
import { connect } from 'node:net';

const PROBE_TIMEOUT_MS = 2_000;

/** Whether a GET answers 200. */
export const answersOk = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = http.get(url, { agent: false, timeout: PROBE_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });

/** Whether the port takes a connection and, where something is said, the answer begins as expected. */
export const answersOn = (port: number, say?: string, expected = ''): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (ok: boolean) => {
      socket.destroy();
      resolve(ok);
    };
    socket.setTimeout(PROBE_TIMEOUT_MS, () => settle(false));
    socket.on('error', () => settle(false));
    socket.on('connect', () => (say === undefined ? settle(true) : socket.write(say)));
    socket.on('data', (data) => settle(data.toString().startsWith(expected)));
    socket.on('end', () => settle(false));
  });
