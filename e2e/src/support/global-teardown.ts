import { restartsOf } from './system';

/** @throws Error when a service had to be restarted: the suites do not break what they share */
const tearDown = async (): Promise<void> => {
  const shared = globalThis.sharedSystem;
  if (!shared) return;
  const restarts = restartsOf(shared.system);
  await shared.stop();
  if (Object.values(restarts).some((count) => count > 0)) {
    throw new Error(`Services of the shared system were restarted: ${JSON.stringify(restarts)}`);
  }
};

export default tearDown;
