import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { natsServer, obtainServer, silent } from '@ticketing/servers';
import { getPort } from 'get-port-please';
import { waitFor } from './wait-for';

/** A NATS server beside a system's own, with JetStream that synchronises before it acknowledges. */
export interface JetStream {
  url: string;
  monitoringUrl: string;
}

/** Starts one before the file's tests, with its data in a directory that the caller removes, and ends it after them. */
export const useJetStream = (directory: string): (() => JetStream) => {
  let child: ChildProcess | undefined;
  let own: JetStream | undefined;

  beforeAll(async () => {
    const { file } = await obtainServer(natsServer, { report: silent });
    const [port, monitoringPort] = [await getPort({ random: true }), await getPort({ random: true })];
    own = { url: `nats://127.0.0.1:${port}`, monitoringUrl: `http://127.0.0.1:${monitoringPort}` };
    const store = path.join(directory, 'jetstream');
    mkdirSync(store, { recursive: true });
    const config = path.join(directory, 'jetstream.conf');
    writeFileSync(
      config,
      `listen: "127.0.0.1:${port}"\nhttp: "127.0.0.1:${monitoringPort}"\n` +
        `jetstream { store_dir: ${JSON.stringify(store)}, sync_interval: always }\n`,
    );
    child = spawn(file, ['-c', config], { stdio: 'ignore' });
    const { monitoringUrl } = own;
    const isThere = async () => (await fetch(`${monitoringUrl}/healthz`).catch(() => undefined))?.ok;
    await waitFor('JetStream to answer', isThere, Boolean);
  }, 300_000);

  afterAll(async () => {
    if (child?.exitCode === null && child.kill()) await once(child, 'exit');
  });

  return () => {
    if (!own) throw new Error('JetStream did not start');
    return own;
  };
};
