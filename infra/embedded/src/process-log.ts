import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import path from 'node:path';

const KEPT_LINES = 5_000;
const ROTATE_AT_BYTES = 20 * 1024 * 1024;

/** Everything that a process has written: on disk in full, its last lines in memory, each line to `onLine`. */
export class ProcessLog {
  readonly file: string;
  private readonly lines: string[] = [];
  private readonly stream: WriteStream;

  constructor(
    directory: string,
    name: string,
    private readonly onLine: (line: string) => void = () => undefined,
  ) {
    mkdirSync(directory, { recursive: true });
    this.file = path.join(directory, `${name}.log`);
    // One older file is kept, so that a system that is used for months does not fill the disk.
    const size = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > ROTATE_AT_BYTES) renameSync(this.file, `${this.file}.1`);
    this.stream = createWriteStream(this.file, { flags: 'a' });
    // A full disk must not end the system that writes to it.
    this.stream.on('error', () => undefined);
  }

  add(line: string): void {
    this.stream.write(`${line}\n`);
    this.lines.push(line);
    if (this.lines.length > KEPT_LINES) this.lines.splice(0, KEPT_LINES / 10);
    this.onLine(line);
  }

  tail(count: number): string[] {
    return this.lines.slice(-count);
  }

  text(): string {
    return this.lines.join('\n');
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.stream.end(resolve));
  }
}
