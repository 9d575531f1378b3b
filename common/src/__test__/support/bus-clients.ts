import { NatsWrapper } from '../../bus/nats-wrapper';
import type { Message } from '../../bus/transport';
import type { BusServer } from './nats-server';
import { TcpProxy } from './tcp-proxy';

export const publish = (nats: NatsWrapper, subject: string, data: string, eventId?: string): Promise<void> =>
  new Promise((resolve, reject) =>
    nats.client.publish(
      subject,
      data,
      (error) => (error ? reject(new Error(String(error))) : resolve()),
      eventId,
    ),
  );

/** Collects what comes; acknowledges it, or leaves that to `onMessage`. */
export const subscribe = (
  nats: NatsWrapper,
  subject: string,
  onMessage?: (message: Message) => void,
  more: { ackWaitMs?: number; maxInFlight?: number } = {},
) => {
  const received: string[] = [];
  const subscription = nats.client.subscribe(
    { subject, queueGroup: 'tests-service', ackWaitMs: 1_000, maxInFlight: 16, ...more },
    (message) => {
      received.push(String(message.getData()));
      if (onMessage) onMessage(message);
      else message.ack();
    },
  );
  return { received, subscription };
};

/** Clients of one suite's event bus; they and their proxies are closed after each test. */
export const useBusClients = (server: () => BusServer) => {
  const opened: NatsWrapper[] = [];
  const proxies: TcpProxy[] = [];
  let made = 0;
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((wrapper) => wrapper.close()));
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });

  const wrapper = () => {
    const nats = new NatsWrapper();
    opened.push(nats);
    return { nats, clientId: `client-${++made}` };
  };
  const connected = async (to = server(), url = to.url) => {
    const { nats, clientId } = wrapper();
    await nats.connectTo(to.bus(clientId, url));
    return nats;
  };
  const newProxy = async (target?: number) => {
    const proxy = await TcpProxy.to(target);
    proxies.push(proxy);
    return { proxy, url: `nats://127.0.0.1:${proxy.port}` };
  };
  const throughProxy = async () => {
    const { proxy, url } = await newProxy(server().port);
    return { proxy, nats: await connected(server(), url) };
  };
  return { wrapper, connected, newProxy, throughProxy, subjectOf: () => `subject-${++made}` };
};
