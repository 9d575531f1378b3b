/** How often a waiter looks by itself, in milliseconds: another process of the service may handle the event. */
const LOOK_MS = 100;
/** Waiters in this process at most; more are answered at once. */
const MAX_WAITERS = 500;

/** Lets readers of a document sleep until an event about it has been applied. */
export class Wakeups {
  private readonly waiters = new Map<string, Set<() => void>>();
  private count = 0;

  /** Wakes all that wait for the document. */
  wake(id: string): void {
    for (const wake of this.waiters.get(id) ?? []) wake();
  }

  /**
   * Waits until the document is woken, a moment has passed or the deadline is reached.
   *
   * @param deadline in milliseconds since the epoch
   * @returns whether it is worth looking again; false when too many wait already
   */
  async wait(id: string, deadline: number): Promise<boolean> {
    if (this.count >= MAX_WAITERS) return false;
    const waiting = this.waiters.get(id) ?? new Set();
    this.waiters.set(id, waiting);
    this.count += 1;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => wake(), Math.max(0, Math.min(LOOK_MS, deadline - Date.now())));
      const wake = (): void => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve();
      };
      waiting.add(wake);
    });
    this.count -= 1;
    if (waiting.size === 0 && this.waiters.get(id) === waiting) this.waiters.delete(id);
    return true;
  }
}
