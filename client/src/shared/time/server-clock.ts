type Listener = () => void;

/** A response's Date header is truncated to the second, so it may be this much behind the server's clock. */
const DATE_RESOLUTION_MS = 1_000;

/**
 * The server's time on a computer whose own clock may be wrong. Each observation leaves an interval that the
 * difference of the two clocks lies in; the estimate moves only when it is outside of it.
 */
export class ServerClock {
  private offset = 0;
  private known = false;
  private readonly listeners = new Set<Listener>();

  constructor(private readonly local: () => number = () => Date.now()) {}

  now = (): number => this.local() + this.offset;

  /** A page was rendered at the server's `now`, and arrived here at least a little later. */
  start(now: number): void {
    const least = now - this.local();
    if (!this.known || this.offset < least) this.set(least);
  }

  /** A response with the server's `date` (whole seconds), by local times of request and response. */
  observe(date: number, sent: number, received: number): void {
    const least = date - received;
    const most = date + DATE_RESOLUTION_MS - sent;
    if (this.offset < least) this.set(least);
    else if (this.offset > most) this.set(most);
  }

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private set(offset: number): void {
    this.offset = offset;
    this.known = true;
    for (const listener of this.listeners) listener();
  }
}

export const serverClock = new ServerClock();
