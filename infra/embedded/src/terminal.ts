/** What a long piece of work tells its watcher: a line that changes on a terminal, a few lines elsewhere. */
export interface Progress {
  update(text: string): void;
  done(text?: string): void;
}

export interface Reporter {
  info(message: string): void;
  warn(message: string): void;
  progress(label: string): Progress;
}

export const silent: Reporter = {
  info: () => undefined,
  warn: () => undefined,
  progress: () => ({ update: () => undefined, done: () => undefined }),
};

type Output = Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean; columns?: number };

const CODES = { dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36, bold: 1 } as const;
export type Colour = keyof typeof CODES;

export const colours = (output: Output) => {
  const enabled = Boolean(output.isTTY) && !process.env.NO_COLOR;
  return (colour: Colour, text: string): string =>
    enabled ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
};

export const seconds = (ms: number): string =>
  ms < 100_000 ? (ms / 1000).toFixed(1) : String(Math.round(ms / 1000));

/** Elsewhere than on a terminal, a line every so often says that the work is alive. */
const QUIET_INTERVAL_MS = 10_000;
const SHOW_AFTER_MS = 1_000;

/** A reporter that writes to a terminal or a log; work that ends within a second says nothing. */
export const createReporter = (output: Output = process.stdout): Reporter => {
  const paint = colours(output);
  const running = new Set<{ label: string; text: string; started: number }>();
  let shown = false;
  let ticker: NodeJS.Timeout | undefined;

  const erase = () => {
    if (shown) output.write('\r\u001b[K');
    shown = false;
  };
  const draw = () => {
    if (!output.isTTY) return;
    const now = Date.now();
    const lines = [...running]
      .filter((work) => now - work.started >= SHOW_AFTER_MS)
      .map((work) => `${work.label} ${work.text} ${seconds(now - work.started)} s`.replace(/ {2,}/g, ' '));
    erase();
    if (lines.length === 0) return;
    output.write(paint('dim', lines.join(' | ').slice(0, (output.columns ?? 80) - 1)));
    shown = true;
  };
  const line = (text: string) => {
    erase();
    output.write(`${text}\n`);
    draw();
  };

  return {
    info: line,
    warn: (message) => line(paint('yellow', message)),
    progress(label) {
      const work = { label, text: '', started: Date.now() };
      let toldAt = 0;
      let told = false;
      const tell = () => {
        if (output.isTTY) return;
        const now = Date.now();
        if (now - work.started < SHOW_AFTER_MS || (told && now - toldAt < QUIET_INTERVAL_MS)) return;
        [told, toldAt] = [true, now];
        line(`${work.label} … ${work.text}`.trimEnd());
      };
      const heartbeat = setInterval(tell, SHOW_AFTER_MS).unref();
      running.add(work);
      ticker ??= setInterval(draw, 200).unref();
      return {
        update(text) {
          work.text = text;
        },
        done(text) {
          if (!running.delete(work)) return;
          clearInterval(heartbeat);
          if (running.size === 0) ticker = void clearInterval(ticker);
          const elapsed = Date.now() - work.started;
          erase();
          if (text && elapsed >= SHOW_AFTER_MS) line(`${label}: ${text} (${seconds(elapsed)} s)`);
        },
      };
    },
  };
};
