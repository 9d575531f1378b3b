import type { EventTransport } from '../events/transport';

/**
 * A stand-in for a service's `natsWrapper` in Jest: `client.publish` is a mock that confirms at once.
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
