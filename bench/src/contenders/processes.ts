import type { Db } from 'mongodb';
import { startChild, type Child } from '../child';
import { ROLES, type Contender, type Role } from './contender';
import { JWT_KEY } from './session';
import { CLUSTER_ID, type World } from './world';

/** Starts one process for each role of a contender, each with its own database on the shared server. */
export const startProcesses = async (
  name: 'floor' | 'textbook',
  program: (role: Role) => string,
  { system, sandboxUrl, logsDir, database }: World,
): Promise<Pick<Contender, 'name' | 'origins' | 'pids' | 'database' | 'stop'>> => {
  const databaseName = (role: Role): string => `${name}-${role}`;
  const start = (role: Role): Promise<Child> =>
    startChild({
      program: program(role),
      logsDir,
      env: {
        JWT_KEY,
        MONGO_URI: system.mongoUri('auth').replace(/auth$/, databaseName(role)),
        NATS_URL: system.natsUrl,
        NATS_CLUSTER_ID: CLUSTER_ID,
        NATS_CLIENT_ID: databaseName(role),
        STRIPE_SANDBOX_URL: sandboxUrl,
      },
    });
  const results = await Promise.allSettled(ROLES.map(start));
  const children = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
  };
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason as Error;
  }
  const origins = Object.fromEntries(ROLES.map((role, index) => [role, children[index]?.origin ?? '']));
  return {
    name,
    origins: origins as Record<Role, string>,
    pids: () => children.map(({ pid }) => pid),
    database: (role: Role): Db => database(databaseName(role)),
    stop,
  };
};
