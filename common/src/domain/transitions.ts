import { BadRequestError } from '../errors/http-errors';

/** The event has happened already, or comes too late to matter: nothing changes and no event is raised. */
export const ignored = Symbol('ignored');
/** The event breaks a rule: the caller gets an error. */
export const refused = Symbol('refused');

/** For every state and every event: the next state, or why there is none. */
export type TransitionTable<State extends string, Event extends string> = Readonly<
  Record<State, Readonly<Record<Event, State | typeof ignored | typeof refused>>>
>;

/** 400: the document's state does not allow the event. */
export class TransitionRefusedError extends BadRequestError {
  constructor(
    what: string,
    readonly state: string,
    readonly event: string,
  ) {
    super(`The ${what} is ${state} and cannot change`);
  }
}

/**
 * Makes the transition function of a state machine from its table.
 *
 * @param what the kind of document, for error messages, e.g. `order`
 * @returns a function that takes a state and an event and returns the next state, or `undefined` when the
 *   event is ignored; it throws `TransitionRefusedError` when the table refuses the event
 */
export const transitionsOf =
  <State extends string, Event extends string>(what: string, table: TransitionTable<State, Event>) =>
  (state: State, event: Event): State | undefined => {
    const next = table[state][event];
    if (next === refused) throw new TransitionRefusedError(what, state, event);
    return next === ignored ? undefined : (next as State);
  };
