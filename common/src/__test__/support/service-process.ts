import { Router } from 'express';
import { z } from 'zod';
import { NatsWrapper } from '../../bus/nats-wrapper';
import { loadConfig } from '../../config/load-config';
import { mongoVariables, natsVariables, processVariables, sessionVariables } from '../../config/variables';
import { createService } from '../../service/create-service';
import { run } from '../../service/run';

// A whole service, as its index.ts runs it, with routes that do what no route should.
const router = Router();
router.get('/forgets', (_req, res) => {
  void Promise.reject(new Error('not awaited'));
  res.send({});
});
router.get('/throws', (_req, res) => {
  setImmediate(() => {
    throw new Error('thrown outside of any request');
  });
  res.send({});
});

const service = createService({
  name: 'example',
  config: loadConfig(
    z.object({ ...processVariables, ...natsVariables, ...mongoVariables, ...sessionVariables }),
  ),
  natsWrapper: new NatsWrapper(),
  routes: [router],
});

void run(service);
