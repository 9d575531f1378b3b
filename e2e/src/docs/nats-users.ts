import { consumerName, STREAM, toStreamSubject } from '../../../common/src/bus/jetstream/assets';
import { eventFlows, type Flow } from './event-flow';
import { command } from './files';

const header = `# Generated from the services' publishers and listeners by \`${command}\`: change those, not this file.
# A service publishes its own events and no others, and uses its own consumers and no others. Its password is in the
# environment of the server, from the secret nats-users.
`;

/** The stream is made by whoever starts first; only an administrator changes or deletes it. */
const STREAM_API = ['INFO', 'CREATE'].map((verb) => `$JS.API.STREAM.${verb}.${STREAM}`);

/** What is asked of the server about a consumer, its filter included, and what is said to it. */
const consumerSubjects = ({ subject, queueGroup = '' }: Flow): string[] => {
  const name = consumerName({ subject, queueGroup, ackWaitMs: 0, maxInFlight: 0 });
  return [
    `$JS.API.CONSUMER.INFO.${STREAM}.${name}`,
    `$JS.API.CONSUMER.CREATE.${STREAM}.${name}.${toStreamSubject(subject)}`,
    `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${name}`,
    `$JS.ACK.${STREAM}.${name}.>`,
  ];
};

const list = (subjects: string[]): string => subjects.map((subject) => `            "${subject}"`).join('\n');

const user = (service: string, flows: Flow[]): string => {
  const own = flows.filter((flow) => flow.service === service);
  const sent = own.filter(({ action }) => action === 'send').map(({ subject }) => toStreamSubject(subject));
  const consumed = own.filter(({ action }) => action === 'receive').flatMap(consumerSubjects);
  return `      {
        user: ${service}
        password: $${service.toUpperCase()}_PASSWORD
        permissions {
          publish: { allow: [
${list([...sent, ...STREAM_API, ...consumed])}
          ] }
          subscribe: { allow: ["_INBOX_${service}.>"] }
        }
      }`;
};

/** The accounts of the NATS servers: a user for each service, with the permissions that its code needs. */
export const natsUsers = async (): Promise<string> => {
  const flows = await eventFlows();
  const services = [...new Set(flows.map(({ service }) => service))];
  return `${header}
accounts {
  TICKETING {
    jetstream: enabled
    users: [
${services.map((service) => user(service, flows)).join('\n')}
      { user: admin, password: $ADMIN_PASSWORD }
    ]
  }
  SYS { users: [{ user: sys, password: $SYS_PASSWORD }] }
}
system_account: SYS
`;
};
