import { FakeTransport } from '../../__test__/support/fake-transport';
import { settles } from '../../__test__/support/eventually';
import type { ExpirationCompleteEvent } from '../../events/events';
import { Publisher } from '../publisher';
import { Subjects } from '../../events/subjects';

class ExpirationCompletePublisher extends Publisher<ExpirationCompleteEvent> {
  readonly subject = Subjects.ExpirationComplete;
}
const data = { orderId: '6553f1f77bcf86cd79943901' };

describe('Publisher', () => {
  it('when it publishes, then the transport has the subject and the data before the call returns', () => {
    const transport = new FakeTransport();
    void new ExpirationCompletePublisher(transport).publish(data);
    expect(transport.published).toEqual([{ subject: 'expiration:complete', data }]);
  });

  it('when the event has an id, then the transport has it, to recognize the event by', () => {
    const transport = new FakeTransport();
    const publish = jest.spyOn(transport, 'publish');
    const meta = { eventId: 'e1', occurredAt: new Date().toISOString(), correlationId: 'c1' };
    void new ExpirationCompletePublisher(transport).publish({ ...data, meta });
    expect(publish.mock.calls[0]).toContain('e1');
  });

  it('when the server has not confirmed yet, then it has not resolved; when it has, then it has', async () => {
    const transport = new FakeTransport();
    transport.confirming = false;
    const published = new ExpirationCompletePublisher(transport).publish(data);
    expect(await settles(published, 30)).toBe(false);
    transport.pending[0]!();
    await expect(published).resolves.toBeUndefined();
  });

  it.each([new Error('timeout'), 'timeout'])(
    'when the transport calls back with %p, then it rejects',
    async (failure) => {
      const transport = new FakeTransport();
      transport.failure = failure;
      await expect(new ExpirationCompletePublisher(transport).publish(data)).rejects.toThrow('timeout');
    },
  );
});
