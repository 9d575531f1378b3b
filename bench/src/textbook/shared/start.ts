import type { Express } from 'express';
import mongoose from 'mongoose';
import { natsWrapper } from './bus';

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be defined`);
  return value;
};

export const start = async (app: Express, listeners: () => void = () => undefined): Promise<void> => {
  required('JWT_KEY');
  await natsWrapper.connect(required('NATS_CLUSTER_ID'), required('NATS_CLIENT_ID'), required('NATS_URL'));
  natsWrapper.client.on('close', () => process.exit());
  process.on('SIGINT', () => natsWrapper.client.close());
  process.on('SIGTERM', () => natsWrapper.client.close());
  listeners();
  await mongoose.connect(required('MONGO_URI'));
  app.listen(Number(required('PORT')), '127.0.0.1');
};
