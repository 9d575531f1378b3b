import type { EventTransport } from '../bus/transport';

/**
 * A stand-in for a service's `natsWrapper` in Jest: `client.publish` is a mock that acknowledges at once.
 * A service's `src/__mocks__/nats-wrapper.ts` exports one.
 */
export const mockNatsWrapper = () => ({
  client: {
    publish: jest.fn((_subject: string, _data: string, callback: (error?: Error | string) => void) =>
      callback(),
    ),
    subscribe: jest.fn(() => ({ close: () => undefined })),
  } satisfies EventTransport,
});

/** What has been published through a mocked client, in order: each event's data with its subject. */
export const publishedBy = ({ publish }: EventTransport): (Record<string, unknown> & { subject: string })[] =>
  jest
    .mocked(publish)
    .mock.calls.map(([subject, data]) => ({ ...(JSON.parse(data) as Record<string, unknown>), subject }));
