import os from 'node:os';
import type { Db } from 'mongodb';

export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  node: string;
  platform: string;
  /** Processes that were running or waiting for a processor in the minute before: other work, on a machine of several users. */
  load: number;
}

export interface Server {
  mongod: 'real' | 'stand-in';
  version: string;
}

export const describeMachine = (): Machine => ({
  cpu: os.cpus()[0]?.model ?? 'unknown',
  cores: os.availableParallelism(),
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
  platform: `${os.platform()} ${os.release()} ${os.arch()}`,
  load: os.loadavg()[0] ?? NaN,
});

/** Which MongoDB answers: a real one says with which compiler it was built, the stand-in does not. */
export const describeServer = async (db: Db): Promise<Server> => {
  const { version, buildEnvironment } = await db.admin().buildInfo();
  const isReal = buildEnvironment !== undefined && Object.keys(buildEnvironment as object).length > 0;
  return { mongod: isReal ? 'real' : 'stand-in', version: String(version) };
};
