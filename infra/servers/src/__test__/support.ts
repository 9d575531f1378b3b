import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A temporary directory for each test of a file. */
export const temporaryDirectory = (): ((...parts: string[]) => string) => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'ticketing-test-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return (...parts) => path.join(directory, ...parts);
};

/** Writes an executable shell script. */
export const script = async (file: string, body: string): Promise<string> => {
  await writeFile(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return file;
};

/** Sets environment variables for one test; `undefined` removes one. */
export const setEnv = (values: NodeJS.ProcessEnv): void => {
  jest.replaceProperty(process, 'env', { ...process.env, ...values });
};

/** An HTTP server for each test of a file. */
export const useHttpServer = (
  answer: RequestListener,
): {
  url: () => string;
  server: () => Server;
  close: () => Promise<void>;
} => {
  let server: Server;
  beforeEach(async () => {
    server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  afterEach(() => (server.listening ? close() : undefined));
  return {
    url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server: () => server,
    close,
  };
};
