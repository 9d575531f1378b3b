export const SERVERS = ['mongo', 'nats', 'redis'] as const;
export type ServerName = (typeof SERVERS)[number];

export const SERVICES = ['auth', 'tickets', 'orders', 'payments', 'expiration'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** The event bus of a system: NATS Streaming, or JetStream of a NATS server. */
export const EVENT_BUSES = ['nats-streaming', 'jetstream'] as const;
export type EventBus = (typeof EVENT_BUSES)[number];

export type Env = Record<string, string | undefined>;

/** A record that has a value for each name. */
export const recordOf = <Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;
