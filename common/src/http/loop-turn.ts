/**
 * How long the requests that are read now have been waiting at least. One turn of the event loop reads all sockets
 * that have become readable, one after another: a request that is read late in a turn was there when the turn began,
 * and waited for the ones before it.
 */
export class LoopTurn {
  private beganAt?: number;

  /** Milliseconds since the first call in this turn of the event loop. */
  ageMs(): number {
    const now = performance.now();
    if (this.beganAt !== undefined) return now - this.beganAt;
    this.beganAt = now;
    // Immediates run when the turn has read its sockets.
    setImmediate(() => (this.beganAt = undefined));
    return 0;
  }
}
