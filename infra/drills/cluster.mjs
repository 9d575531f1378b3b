import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const PATIENCE_MS = 300_000;

const run = promisify(execFile);

export const kubectl = async (...args) =>
  (await run('kubectl', args, { maxBuffer: 64 * 1024 * 1024 })).stdout;

const namesOf = async (kind) =>
  (await kubectl('get', kind, '-l', 'app.kubernetes.io/part-of=ticketing', '-o', 'name')).trim().split('\n');

const restartDeployment = async (deployment) => {
  await kubectl('rollout', 'restart', deployment);
  await kubectl('rollout', 'status', deployment, '--timeout=5m');
};

const isReady = ({ status }) =>
  status.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') ?? false;

/** The pod of a StatefulSet comes back under its own name: it is another one when its uid is. */
const deletePod = async (statefulSet) => {
  const pod = `${statefulSet.split('/')[1]}-0`;
  const read = async () =>
    JSON.parse((await kubectl('get', 'pod', pod, '--ignore-not-found', '-o', 'json')) || 'null');
  const { uid } = (await read()).metadata;
  await kubectl('delete', 'pod', pod);
  const deadline = Date.now() + PATIENCE_MS;
  for (
    let found = await read();
    !found || found.metadata.uid === uid || !isReady(found);
    found = await read()
  ) {
    if (Date.now() > deadline) throw new Error(`${pod} was not ready again after ${PATIENCE_MS / 1000} s`);
    await sleep(500);
  }
};

/** What can be done to a cluster while people buy: a list of names and deeds. */
export const disturbances = {
  none: async () => [],
  rollouts: async () =>
    (await namesOf('deployment')).map((name) => [`rollout restart ${name}`, () => restartDeployment(name)]),
  databases: async () =>
    (await namesOf('statefulset')).map((name) => [`delete the pod of ${name}`, () => deletePod(name)]),
};

/** The sandbox's ledger, read by the one pod that the network policies let read it. */
export const readLedger = async () =>
  JSON.parse(
    await kubectl(
      'exec',
      'deployment/payments-depl',
      '--',
      'node',
      '-e',
      "fetch('http://stripe-sandbox-srv:3000/ledger').then((answer) => answer.text()).then((text) => process.stdout.write(text))",
    ),
  );

export const restarts = async () => {
  const { items } = JSON.parse(
    await kubectl('get', 'pods', '-l', 'app.kubernetes.io/part-of=ticketing', '-o', 'json'),
  );
  return items.flatMap(({ metadata, status }) =>
    (status.containerStatuses ?? [])
      .filter(({ restartCount }) => restartCount > 0)
      .map(({ restartCount }) => `${metadata.name} restarted ${restartCount} times`),
  );
};
