import { mongoUris, startForTests, type StartedSystem } from './system';
import { namedTarget, setTarget } from './target';

declare global {
  /** For Jest's global tear-down, which is another module. */
  var sharedSystem: StartedSystem | undefined;
}

/** Provides the target of the suites in src/system: what BASE_URL names, or one system for all of them. */
const setUp = async (): Promise<void> => {
  const named = namedTarget();
  if (named) return setTarget(named);
  try {
    globalThis.sharedSystem = await startForTests();
    const { system } = globalThis.sharedSystem;
    setTarget({ url: system.url, sandboxUrl: system.sandboxUrl, mongoUris: mongoUris(system) });
  } catch (error) {
    // Fails the suites that need it, not those of the other workspaces, which run in the same process.
    setTarget({ error: String(error) });
  }
};

export default setUp;
