import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';

/**
 * The runner's side of the guardian process, which ends the registered process groups when this process ends without
 * having called `close`. One that dies is replaced.
 */
export class Guardian {
  /** Marks the environment of every process of this run. */
  readonly run = randomUUID();
  private readonly groups = new Set<number>();
  private child: ChildProcess;
  private closing = false;

  constructor(private readonly onStart: (pid: number) => void = () => undefined) {
    this.child = this.launch();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  watch(group: number): void {
    this.groups.add(group);
    this.send(`+${group}`);
  }

  forget(group: number): void {
    this.groups.delete(group);
    this.send(`-${group}`);
  }

  /** Dismisses the guardian; resolves when it has ended. */
  async close(): Promise<void> {
    this.closing = true;
    const { child } = this;
    if (child.exitCode !== null) return;
    child.ref();
    const exited = once(child, 'exit');
    child.stdin?.end('done\n');
    await exited;
  }

  private launch(): ChildProcess {
    const script = path.join(__dirname, '../bin/guardian.mjs');
    // Detached, so that neither Ctrl-C in the terminal nor its closing ends it before its time.
    const child = spawn(process.execPath, [script, this.run], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.on('exit', () => {
      if (this.closing) return;
      this.child = this.launch();
      for (const group of this.groups) this.send(`+${group}`);
    });
    child.unref();
    if (child.pid) this.onStart(child.pid);
    return child;
  }

  private send(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }
}
