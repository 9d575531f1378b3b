import type { Message } from '../bus/transport';

/** A message for `listener.onMessage` in a test; `ack` is a mock. */
export const mockMessage = (data: unknown = {}, subject = 'test'): Message & { ack: jest.Mock } => ({
  getSubject: () => subject,
  getSequence: () => 1,
  getData: () => JSON.stringify(data),
  ack: jest.fn(),
});
