import type { SystemOptions } from '@ticketing/embedded';
import { mongoUris, restartsOf, startForTests, type StartedSystem } from './system';
import { namedTarget, setTarget } from './target';

declare global {
  /** Jest's global set-up and tear-down do not share their modules. */
  var sharedSystem: StartedSystem | undefined;
}

/** Provides the target of suites that share a system: what BASE_URL names, or one that is started for all of them. */
export const provideTarget = async (options: SystemOptions = {}): Promise<void> => {
  const named = namedTarget();
  if (named) return setTarget(named);
  try {
    globalThis.sharedSystem = await startForTests(options);
    const { system } = globalThis.sharedSystem;
    setTarget({ url: system.url, sandboxUrl: system.sandboxUrl, mongoUris: mongoUris(system) });
  } catch (error) {
    // Fails the suites that need it, not those of the other workspaces, which run in the same process.
    setTarget({ error: String(error) });
  }
};

/** @throws Error when a service had to be restarted: the suites do not break what they share */
export const removeTarget = async (): Promise<void> => {
  const shared = globalThis.sharedSystem;
  if (!shared) return;
  const restarts = restartsOf(shared.system);
  await shared.stop();
  if (Object.values(restarts).some((count) => count > 0)) {
    throw new Error(`Services of the shared system were restarted: ${JSON.stringify(restarts)}`);
  }
};
