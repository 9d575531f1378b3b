import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Listener,
  Publisher,
  sessionRevokedListener,
  type EventTransport,
  type Subjects,
} from '@ticketing/common';
import mongoose from 'mongoose';
import type { z } from 'zod';
import { root } from './files';

/** What a service does with a subject. */
export interface Flow {
  service: string;
  action: 'send' | 'receive';
  subject: Subjects;
  /** A consumer's durable queue group. */
  queueGroup?: string;
}

/** The classes are only constructed, so nothing is published or subscribed. */
const noTransport: EventTransport = {
  publish: () => undefined,
  subscribe: () => ({ close: () => undefined }),
};

type Constructor = new (client: EventTransport) => unknown;
const isClass = (value: unknown): value is Constructor => typeof value === 'function' && 'prototype' in value;

// Importing a listener defines its service's models, and services use the same names for different ones.
mongoose.set('overwriteModels', true);

/** An instance of each class that the folder's `*-<kind>.ts` modules export. */
const instancesIn = async (folder: string, kind: string): Promise<unknown[]> => {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(`-${kind}.ts`));
  const modules = await Promise.all(files.map((file) => import(join(folder, file)) as Promise<object>));
  return modules.flatMap((exported) =>
    Object.values(exported)
      .filter(isClass)
      .map((Class) => new Class(noTransport)),
  );
};

/** What `createService` adds to a service that reads sessions: it listens to those that end. */
const addedListeners = async (service: string): Promise<unknown[]> => {
  const file = join(root, service, 'src/config.ts');
  const { configSchema } = (existsSync(file) ? await import(file) : {}) as { configSchema?: z.ZodObject };
  if (!configSchema || !('JWT_KEY' in configSchema.shape)) return [];
  const Added = sessionRevokedListener(service, { store: () => Promise.resolve() });
  return [new Added(noTransport)];
};

const flowsOf = async (service: string): Promise<Flow[]> => {
  const events = join(root, service, 'src/events');
  const publishers = await instancesIn(join(events, 'publishers'), 'publisher');
  const own = await instancesIn(join(events, 'listeners'), 'listener');
  const listeners = [...own, ...(await addedListeners(service))];
  const sent = publishers
    .filter((one) => one instanceof Publisher)
    .map(({ subject }) => ({ service, action: 'send' as const, subject: subject as Subjects }));
  const received = listeners
    .filter((one) => one instanceof Listener)
    .map(({ subject, queueGroupName: queueGroup }) => ({
      service,
      action: 'receive' as const,
      subject: subject as Subjects,
      queueGroup,
    }));
  return [...sent, ...received];
};

/** Who publishes and who consumes each subject, read from the services' publisher and listener classes. */
export const eventFlows = async (): Promise<Flow[]> => {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    workspaces: string[];
  };
  return (await Promise.all(workspaces.map(flowsOf))).flat();
};
