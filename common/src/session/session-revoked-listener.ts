import { Listener, type ListenerClass } from '../bus/listener';
import type { Message } from '../bus/transport';
import type { SessionRevokedEvent } from '../events/events';
import { Subjects } from '../events/subjects';
import type { RevokedSessions } from './revoked-sessions';

/**
 * The listener by which a service learns of ended sessions; `createService` adds it to a service that has sessions.
 *
 * @param service its name, which its queue group is named after
 */
export const sessionRevokedListener = (
  service: string,
  revoked: Pick<RevokedSessions, 'store'>,
): ListenerClass =>
  class SessionRevokedListener extends Listener<SessionRevokedEvent> {
    readonly subject = Subjects.SessionRevoked;
    readonly queueGroupName = `${service}-service`;

    async onMessage({ id, sessionId, epoch, until }: SessionRevokedEvent['data'], msg: Message) {
      const end = new Date(until);
      // What has expired by now, as in a replay of old events, needs no place.
      if (end.getTime() > Date.now()) {
        if (sessionId !== undefined) await revoked.store({ sessionId, until: end });
        if (epoch !== undefined) await revoked.store({ userId: id, epoch, until: end });
      }
      msg.ack();
    }
  };
