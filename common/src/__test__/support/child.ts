import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually } from './eventually';

/** A process that runs a TypeScript file of this folder; a crash of it is not a crash of the test. */
export const runChild = (file: string, env: NodeJS.ProcessEnv) => {
  const child = spawn(
    process.execPath,
    ['--require', path.join(__dirname, 'register-typescript.js'), path.join(__dirname, file)],
    {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()));
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  return {
    closed,
    output: () => output,
    errors: () => errors,
    /** Waits until the process has printed `text`. */
    async says(text: string): Promise<void> {
      await eventually(() => {
        if (!output.includes(text) && !ended())
          throw new Error(`not said yet: ${text}\n${output}\n${errors}`);
        return true;
      }, 15_000);
      if (!output.includes(text)) throw new Error(`ended without saying ${text}:\n${output}\n${errors}`);
    },
    async end(signal: NodeJS.Signals): Promise<number | null> {
      if (!ended()) child.kill(signal);
      const [code] = await closed;
      return code;
    },
  };
};
export type Child = ReturnType<typeof runChild>;
