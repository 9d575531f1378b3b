import { BadRequestError, rawBody } from '@ticketing/common';
import { Router } from 'express';
import { receiveStripeEvent } from '../commands/receive-stripe-event';

const router = Router();

router.post('/api/payments/webhook', rawBody, async (req, res) => {
  const body: unknown = req.body;
  if (!Buffer.isBuffer(body)) throw new BadRequestError('An event is required');
  await receiveStripeEvent(body, req.get('stripe-signature') ?? '');
  res.send({ received: true });
});

export { router as webhookRouter };
