import { createColors } from 'picocolors';

export interface Reporter {
  info(message: string): void;
  warn(message: string): void;
  /**
   * Shows work that takes long: on a terminal a line that changes, elsewhere one line every ten seconds, and at the
   * end `done` with the time it took. Work that ends within a second is not shown.
   */
  step<T>(label: string, done: string, work: (update: (text: string) => void) => Promise<T>): Promise<T>;
}

export const silent: Reporter = {
  info: () => undefined,
  warn: () => undefined,
  step: (_label, _done, work) => work(() => undefined),
};

type Output = Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean; columns?: number };

/** Colours for a terminal that wants them, none elsewhere. */
export const coloursFor = (output: Output) => createColors(Boolean(output.isTTY) && !process.env.NO_COLOR);

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 100_000 ? 1 : 0)} s`;

const SHOW_AFTER_MS = 1_000;
const LINE_EVERY_MS = 10_000;
const REDRAW_MS = 200;
const TEXT_WIDTH = 60;

/** A reporter that writes to a terminal or a log. */
export const createReporter = (output: Output = process.stdout): Reporter => {
  const colours = coloursFor(output);
  const running = new Set<{ label: string; text: string; since: number; nextLineAt: number }>();
  let drawn = false;

  const erase = () => {
    if (drawn) output.write('\r\u001b[K');
    drawn = false;
  };
  const line = (text: string) => {
    erase();
    output.write(`${text}\n`);
  };
  const show = () => {
    const now = Date.now();
    const long = [...running].filter(({ since }) => now - since >= SHOW_AFTER_MS);
    if (output.isTTY && long.length > 0) {
      erase();
      const status = long
        .map(({ label, text, since }) => `${label} ${text} ${seconds(now - since)}`)
        .join(' | ');
      output.write(colours.dim(status.replace(/ {2,}/g, ' ').slice(0, (output.columns ?? 80) - 1)));
      drawn = true;
    }
    if (output.isTTY) return;
    for (const step of long.filter(({ nextLineAt }) => now >= nextLineAt)) {
      step.nextLineAt = now + LINE_EVERY_MS;
      line(`${step.label} … ${step.text}`.trimEnd());
    }
  };

  return {
    info: line,
    warn: (message) => line(colours.yellow(message)),
    async step(label, done, work) {
      const step = { label, text: '', since: Date.now(), nextLineAt: 0 };
      running.add(step);
      const ticker = setInterval(show, REDRAW_MS).unref();
      try {
        const result = await work((text) => (step.text = text.slice(0, TEXT_WIDTH)));
        const elapsed = Date.now() - step.since;
        if (elapsed >= SHOW_AFTER_MS) line(`${label}: ${done} (${seconds(elapsed)})`);
        return result;
      } finally {
        clearInterval(ticker);
        running.delete(step);
        erase();
      }
    },
  };
};
