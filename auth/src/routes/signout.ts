import { bodyOf, clearSession, idOf } from '@ticketing/common';
import { Router } from 'express';
import { z } from 'zod';
import { endAllSessions, endSession } from '../commands/end-sessions';
import { forgetSession } from './user-session';

const router = Router();

const input = z.object({ everywhere: z.boolean().default(false) });

router.post('/api/users/signout', async (req, res) => {
  const { currentUser, currentSession } = req;
  const { everywhere } = bodyOf(req, input);
  // Whatever happens below, this browser is signed out.
  clearSession(req);
  if (currentUser && everywhere) {
    const user = await endAllSessions(currentUser.id);
    if (user) forgetSession(req, { userId: idOf(user), epoch: user.sessionEpoch ?? 0 });
  } else if (currentUser && currentSession?.id !== undefined) {
    await endSession(currentUser.id, currentSession.id);
    forgetSession(req, { sessionId: currentSession.id });
  }
  res.send({});
});

export { router as signoutRouter };
