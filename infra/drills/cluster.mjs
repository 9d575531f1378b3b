import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const OURS = ['-l', 'app.kubernetes.io/part-of=ticketing'];

const kubectl = async (...args) => (await run('kubectl', args, { maxBuffer: 64 * 1024 * 1024 })).stdout;

const namesOf = async (kind) => (await kubectl('get', kind, ...OURS, '-o', 'name')).trim().split('\n');

const restartDeployment = async (deployment) => {
  await kubectl('rollout', 'restart', deployment);
  await kubectl('rollout', 'status', deployment, '--timeout=5m');
};

/** What keeps the number of a pod's kind: its StatefulSet, or the Deployment of its ReplicaSet. */
const ownerOf = ({ metadata }) => {
  const [{ kind, name }] = metadata.ownerReferences;
  return kind === 'ReplicaSet' ? `deployment/${name.replace(/-[^-]+$/, '')}` : `statefulset/${name}`;
};

/** Deletes a pod, which returns once it is gone, and waits for its successor. */
const replacePod = async (pod) => {
  await kubectl('delete', 'pod', pod.metadata.name);
  // The status of its owner lags behind the deletion.
  await sleep(2_000);
  await kubectl('rollout', 'status', ownerOf(pod), '--timeout=5m');
};

/** Ours, and those that an operator makes for our databases. */
const pods = async (owners) => {
  const selector = 'app.kubernetes.io/part-of in (ticketing,percona-server-mongodb)';
  const { items } = JSON.parse(await kubectl('get', 'pods', '-l', selector, '-o', 'json'));
  return items
    .filter((pod) => owners.test(ownerOf(pod)))
    .map((pod) => [`delete ${pod.metadata.name}`, () => replacePod(pod)]);
};

const each = async (kind, what, disturb) =>
  (await namesOf(kind)).map((name) => [`${what} ${name}`, () => disturb(name)]);

/** What can be done to a cluster while users buy: for each kind, named steps. */
export const disturbances = {
  none: async () => [],
  rollouts: () => each('deployment', 'rollout restart', restartDeployment),
  databases: () => pods(/^statefulset/),
  pods: () => pods(/./),
};

/** The sandbox's ledger, read through the only pods that the network policies admit. */
export const readLedger = async () => {
  const script = "fetch('http://stripe-sandbox-srv:3000/ledger').then((r) => r.text()).then(console.log)";
  return JSON.parse(await kubectl('exec', 'deployment/payments-depl', '--', 'node', '-e', script));
};

/** The containers that have restarted, with their counts. */
export const restarts = async () => {
  const { items } = JSON.parse(await kubectl('get', 'pods', ...OURS, '-o', 'json'));
  return items.flatMap(({ metadata, status }) =>
    (status.containerStatuses ?? [])
      .filter(({ restartCount }) => restartCount > 0)
      .map(({ restartCount }) => `${metadata.name} restarted ${restartCount} times`),
  );
};
