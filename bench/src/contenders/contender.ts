import type { Db } from 'mongodb';

export const ROLES = ['auth', 'tickets', 'orders', 'payments'] as const;
export type Role = (typeof ROLES)[number];

export const CONTENDERS = ['ours', 'floor', 'textbook'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

/** An implementation of the four services' HTTP API that is measured. */
export interface Contender {
  readonly name: ContenderName;
  /** Each service's own address. */
  readonly origins: Record<Role, string>;
  /**
   * The process ids of its services.
   *
   * @throws Error when one has ended
   */
  pids(): number[];
  /** Starts again what has ended. */
  revive(): Promise<void>;
  readonly database: (role: Role) => Db;
  /**
   * Makes tickets that can be ordered.
   *
   * @returns their ids
   */
  tickets(count: number): Promise<string[]>;
  /**
   * Makes orders that can be paid, each on its own ticket.
   *
   * @returns their ids
   */
  orders(count: number): Promise<string[]>;
  stop(): Promise<void>;
}
