import { Router } from 'express';
import { z } from 'zod';
import { mongoVariables, natsVariables, processVariables, sessionVariables } from '../../config/variables';
import { createApp } from '../../http/create-app';
import { NatsWrapper } from '../../nats/nats-wrapper';
import { runService } from '../../service/start-service';

// A whole service, as its index.ts runs it, with routes that do what no route should.
const router = Router();
router.get('/forgets', (_req, res) => {
  void Promise.reject(new Error('nobody awaits this'));
  setImmediate(() => {
    throw new Error('thrown outside of any request');
  });
  res.send({});
});

void runService({
  name: 'example',
  app: createApp([router]),
  configSchema: z.object({ ...processVariables, ...natsVariables, ...mongoVariables, ...sessionVariables }),
  natsWrapper: new NatsWrapper(),
});
