import { eventSchemas, Subjects } from '@ticketing/common';
import { stringify } from 'yaml';
import { z } from 'zod';
import { eventFlows, type Flow } from './event-flow';
import { command } from './files';

type JsonSchema = z.core.JSONSchema.BaseSchema;

const header = `# Generated from the schemas in common/src/events and the services' publishers and listeners
# by \`${command}\`: change those, not this file.
`;

const description = `\
One of two buses carries the events: NATS Streaming, in durable queue groups, one per consuming service; or the JetStream of
a NATS server, in the stream \`ticketing\`, where an event's subject has the prefix \`events.\` and a durable consumer each
service and subject, such as \`orders-service_ticket-created\`. A message is delivered at least once and acknowledged when its
effect is stored. Its payload is the event's data as JSON. A versioned document's events carry its \`version\`, which grows by
exactly one with each event.

Every event that a service publishes carries \`meta\`; consumers accept events without it, and ignore unknown properties.
`;

const reference = (...path: string[]) => ({ $ref: `#/${path.join('/')}` });

/** The payload's JSON Schema, without the limits that zod writes down for its own parser. */
const jsonSchema = (schema: z.ZodType): JsonSchema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema: one }) => {
      if (one.maximum === Number.MAX_SAFE_INTEGER) delete one.maximum;
      if (one.format === 'date-time') delete one.pattern;
    },
  });
  return rest;
};

const names = Object.entries(Subjects);
const nameOf = new Map<string, string>(names.map(([name, subject]) => [subject, name]));

const withSharedMeta = ({ properties, ...schema }: JsonSchema): JsonSchema => ({
  ...schema,
  properties: { ...properties, meta: reference('components', 'schemas', 'EventMeta') },
});

const servicesThat = (action: Flow['action'], subject: Subjects, flows: Flow[]): string =>
  flows
    .filter((flow) => flow.action === action && flow.subject === subject)
    .map(({ service }) => service)
    .join(', ');

const channel = (name: string, subject: Subjects, flows: Flow[]) => ({
  address: subject,
  description:
    `Published by ${servicesThat('send', subject, flows)}; ` +
    `consumed by ${servicesThat('receive', subject, flows) || 'none of the services'}.`,
  messages: { [name]: reference('components', 'messages', name) },
});

const operation = ({ service, action, subject, queueGroup }: Flow) => {
  const name = nameOf.get(subject) ?? subject;
  return [
    `${service}.${action}.${name}`,
    {
      action,
      channel: reference('channels', name),
      messages: [reference('channels', name, 'messages', name)],
      tags: [{ name: service }],
      ...(queueGroup && { bindings: { nats: { queue: queueGroup } } }),
    },
  ] as const;
};

/** The AsyncAPI document: a channel for each subject, an operation for each service that publishes or consumes it. */
export const asyncapi = async (): Promise<string> => {
  const flows = await eventFlows();
  const schemas = names.map(([name, subject]) => [name, jsonSchema(eventSchemas[subject])] as const);
  const meta = schemas[0]?.[1].properties?.meta;
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'Ticketing events', version: '1.0.0', description, license: { name: 'MIT' } },
    defaultContentType: 'application/json',
    servers: {
      cluster: { host: 'nats-srv:4222', protocol: 'nats', description: 'NATS Streaming inside the cluster' },
      replicated: {
        host: 'nats-0.nats:4222',
        protocol: 'nats',
        description:
          'JetStream, in the highly available overlay: three members, with TLS and a user for each service',
      },
    },
    channels: Object.fromEntries(names.map(([name, subject]) => [name, channel(name, subject, flows)])),
    operations: Object.fromEntries(flows.map(operation)),
    components: {
      messages: Object.fromEntries(
        names.map(([name, subject]) => [
          name,
          { name: subject, payload: reference('components', 'schemas', name) },
        ]),
      ),
      schemas: Object.fromEntries([
        ...schemas.map(([name, schema]) => [name, withSharedMeta(schema)] as const),
        ['EventMeta', meta],
      ]),
    },
  };
  return header + stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
};
