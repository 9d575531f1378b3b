import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { packageRoot } from '../paths';

/**
 * The runner's side of the guardian process. Children are told to it by their process group; when this process
 * ends without having said so, the guardian ends them.
 */
export class Guardian {
  /** Marks every child's environment. */
  readonly run = randomUUID();
  private readonly groups = new Set<number>();
  private child: ChildProcess | undefined;
  private closing = false;

  constructor(private readonly onStart: (pid: number) => void = () => undefined) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    const script = path.join(packageRoot, 'bin/guardian.mjs');
    // Detached, so that neither Ctrl-C in the terminal nor its closing ends it before its time.
    const child = spawn(process.execPath, [script, this.run], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    child.on('error', () => undefined);
    child.stdin?.on('error', () => undefined);
    child.on('exit', () => {
      if (!this.closing) this.start();
    });
    child.unref();
    (child.stdin as unknown as { unref?: () => void }).unref?.();
    this.child = child;
    if (child.pid) this.onStart(child.pid);
    for (const group of this.groups) this.tell(`+${group}`);
  }

  watch(group: number): void {
    this.groups.add(group);
    this.tell(`+${group}`);
  }

  forget(group: number): void {
    this.groups.delete(group);
    this.tell(`-${group}`);
  }

  async close(): Promise<void> {
    this.closing = true;
    const child = this.child;
    if (!child || child.exitCode !== null) return;
    child.ref();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end('done\n');
    await gone;
  }

  private tell(line: string): void {
    this.child?.stdin?.write(`${line}\n`);
  }
}
