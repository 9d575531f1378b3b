import type { Db } from 'mongodb';
import { startChild, type Child } from '../child';
import { ROLES, type Role } from './contender';
import { databaseUri } from './database-uri';
import { JWT_KEY } from './session';
import { CLUSTER_ID, type World } from './world';

/** One process for each role of a contender, each with its own database on the shared server. */
class Processes {
  private readonly children = new Map<Role, Child>();

  constructor(
    readonly name: 'floor' | 'textbook',
    private readonly program: (role: Role) => string,
    private readonly world: World,
  ) {}

  get origins(): Record<Role, string> {
    const origins = ROLES.map((role) => [role, this.children.get(role)?.origin ?? '']);
    return Object.fromEntries(origins) as Record<Role, string>;
  }

  readonly database = (role: Role): Db => this.world.database(`${this.name}-${role}`);

  pids(): number[] {
    return [...this.children.values()].map((child) => {
      child.requireAlive();
      return child.pid;
    });
  }

  async revive(): Promise<void> {
    const missing = ROLES.filter((role) => !this.children.get(role)?.isAlive());
    const results = await Promise.allSettled(missing.map((role) => this.start(role)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason as Error;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.children.values()].map((child) => child.stop()));
  }

  private async start(role: Role): Promise<void> {
    const { system, sandboxUrl, logsDir } = this.world;
    const database = `${this.name}-${role}`;
    const env = {
      JWT_KEY,
      MONGO_URI: databaseUri(system.mongoUri('auth'), database),
      NATS_URL: system.natsUrl,
      NATS_CLUSTER_ID: CLUSTER_ID,
      NATS_CLIENT_ID: database,
      STRIPE_SANDBOX_URL: sandboxUrl,
    };
    const port = this.children.get(role)?.port;
    this.children.set(role, await startChild({ program: this.program(role), logsDir, env, port }));
  }
}

/** Starts a contender that is not the marketplace itself. */
export const startProcesses = async (...of: ConstructorParameters<typeof Processes>): Promise<Processes> => {
  const processes = new Processes(...of);
  try {
    await processes.revive();
    return processes;
  } catch (error) {
    await processes.stop();
    throw error;
  }
};
