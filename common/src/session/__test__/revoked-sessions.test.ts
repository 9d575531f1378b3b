import { setTimeout as sleep } from 'node:timers/promises';
import { Router } from 'express';
import mongoose, { type mongo } from 'mongoose';
import request from 'supertest';
import { captureLog } from '../../__test__/support/log';
import { createApp } from '../../http/create-app';
import { createSessions, setRevokedSessions } from '../../http/session';
import { mockMessage } from '../../testing/message';
import { useTestDatabase } from '../../testing/database';
import { REVOKED_SESSIONS } from '../revocation-store';
import { RevokedSessions } from '../revoked-sessions';
import { sessionRevokedListener } from '../session-revoked-listener';

const lines = captureLog();
new RevokedSessions();
useTestDatabase();

const user = { id: '6553f1f77bcf86cd79943901', email: 'ann@example.com' };
const sessions = createSessions('a key for tests');
const router = Router();
router.get('/me', (req, res) => res.send({ me: req.currentUser?.id ?? null }));

/** One process of a service: its app, and the listener that hears of some of the events. */
const startReplica = () => {
  const revoked = new RevokedSessions();
  const app = createApp([router], { sessions: () => sessions });
  setRevokedSessions(app, revoked);
  const Listener = sessionRevokedListener('orders', revoked);
  return { revoked, app, listener: new Listener({ publish: jest.fn(), subscribe: jest.fn() }) };
};
type Replica = ReturnType<typeof startReplica>;

const isSignedIn = async ({ app }: Pick<Replica, 'app'>, token: string): Promise<boolean> => {
  const session = Buffer.from(JSON.stringify({ jwt: token })).toString('base64');
  const { body } = await request(app).get('/me').set('Cookie', `session=${session}`).expect(200);
  return (body as { me: string | null }).me !== null;
};
const inAWeek = () => new Date(Date.now() + 7 * 24 * 3_600_000).toISOString();
const hear = async ({ listener }: Replica, data: object) => {
  const msg = mockMessage();
  await listener.onMessage({ id: user.id, version: 1, until: inAWeek(), ...data }, msg);
  return msg;
};
const stored = () => mongoose.connection.collection(REVOKED_SESSIONS).find().toArray();

/** The commands that the database has been sent about revoked sessions. */
const watchReads = () => {
  const reads: string[] = [];
  const client = mongoose.connection.getClient();
  const note = ({ commandName, command }: mongo.CommandStartedEvent) => {
    if ((command as Record<string, unknown>)[commandName] === REVOKED_SESSIONS) reads.push(commandName);
  };
  client.on('commandStarted', note);
  return { reads, stop: () => void client.off('commandStarted', note) };
};

describe('when a session has ended', () => {
  it('then the process that hears of it refuses it at once, and its other sessions not', async () => {
    const replica = startReplica();
    const [ended, other] = [sessions.sign(user, { id: 'ended' }), sessions.sign(user, { id: 'other' })];
    expect(await isSignedIn(replica, ended)).toBe(true);
    const msg = await hear(replica, { sessionId: 'ended' });
    expect(msg.ack).toHaveBeenCalledTimes(1);
    expect([await isSignedIn(replica, ended), await isSignedIn(replica, other)]).toEqual([false, true]);
  });

  it('then another process refuses it a second later, and one that starts from its first request on', async () => {
    const [hearing, other] = [startReplica(), startReplica()];
    const token = sessions.sign(user, { id: 'ended' });
    expect(await isSignedIn(other, token)).toBe(true);
    await hear(hearing, { sessionId: 'ended' });
    await sleep(1_050);
    expect(await isSignedIn(other, token)).toBe(false);
    expect(await isSignedIn(startReplica(), token)).toBe(false);
  });

  it('then an epoch ends the user’s sessions of earlier ones, whatever the order of the events', async () => {
    const [hearing, late] = [startReplica(), startReplica()];
    await hear(hearing, { epoch: 2 });
    await hear(hearing, { epoch: 1 });
    const others = { ...user, id: '6553f1f77bcf86cd79943902' };
    for (const replica of [hearing, late]) {
      const signedIn = await Promise.all([
        isSignedIn(replica, sessions.sign(user, { epoch: 0 })),
        isSignedIn(replica, sessions.sign(user, { epoch: 1 })),
        isSignedIn(replica, sessions.sign(user, { epoch: 2 })),
        isSignedIn(replica, sessions.sign(others, { epoch: 0 })),
      ]);
      expect(signedIn).toEqual([false, false, true, true]);
    }
  });

  it('then it is kept once, until the last of its tokens has expired, and not at all after that', async () => {
    const replica = startReplica();
    const until = inAWeek();
    await hear(replica, { sessionId: 'ended', until });
    await hear(replica, { sessionId: 'ended', until });
    await hear(replica, { sessionId: 'long ago', until: new Date(Date.now() - 1).toISOString() });
    expect(await stored()).toMatchObject([{ _id: 's ended', until: new Date(until) }]);
    const indexes = await mongoose.connection.collection(REVOKED_SESSIONS).indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { until: 1 }, expireAfterSeconds: 0 }));
  });
});

describe('when many requests come', () => {
  it('then they share one read a second; without a session, or while none come, there is none', async () => {
    const replica = startReplica();
    const { reads, stop } = watchReads();
    const token = sessions.sign(user);
    await Promise.all(Array.from({ length: 20 }, () => isSignedIn(replica, token)));
    await isSignedIn(replica, token);
    expect(reads).toEqual(['find']);
    await sleep(1_050);
    await request(replica.app).get('/me').expect(200);
    expect(reads).toEqual(['find']);
    await Promise.all(Array.from({ length: 20 }, () => isSignedIn(replica, token)));
    stop();
    expect(reads).toEqual(['find', 'find']);
  });

  it('then a database that fails signs nobody out, and says so once; what is known stays refused', async () => {
    const replica = startReplica();
    const { ended, other } = { ended: sessions.sign(user, { id: 'ended' }), other: sessions.sign(user) };
    await hear(replica, { sessionId: 'ended' });
    const find = jest.spyOn(mongoose.models.RevokedSession!.collection, 'find').mockImplementation(() => {
      throw new Error('no answer');
    });
    expect([await isSignedIn(replica, ended), await isSignedIn(replica, other)]).toEqual([false, true]);
    await sleep(1_050);
    expect(await isSignedIn(replica, other)).toBe(true);
    find.mockRestore();
    expect(lines.filter(({ msg }) => /revoked sessions cannot be read/.test(String(msg)))).toHaveLength(1);
  });

  it('then one that hangs holds a request up for half a second, and only once', async () => {
    const replica = startReplica();
    const find = jest
      .spyOn(mongoose.models.RevokedSession!.collection, 'find')
      .mockReturnValue({ toArray: () => new Promise(() => undefined) } as never);
    const token = sessions.sign(user);
    const waits = [];
    for (let n = 0; n < 3; n += 1) {
      waits.push(replica.revoked.refresh());
      expect(await isSignedIn(replica, token)).toBe(true);
    }
    expect(find).toHaveBeenCalledTimes(1);
    find.mockRestore();
  });
});
