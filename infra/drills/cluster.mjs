import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const kubectl = async (...args) =>
  (await run('kubectl', args, { maxBuffer: 64 * 1024 * 1024 })).stdout;

const namesOf = async (kind) =>
  (await kubectl('get', kind, '-l', 'app.kubernetes.io/part-of=ticketing', '-o', 'name')).trim().split('\n');

const restartDeployment = async (deployment) => {
  await kubectl('rollout', 'restart', deployment);
  await kubectl('rollout', 'status', deployment, '--timeout=5m');
};

const deletePod = async (statefulSet) => {
  await kubectl('delete', 'pod', `${statefulSet.split('/')[1]}-0`);
  await kubectl('rollout', 'status', statefulSet, '--timeout=5m');
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
