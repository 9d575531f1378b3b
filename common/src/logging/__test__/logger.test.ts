import { captureLog } from '../../__test__/support/log';
import { setTimeout as sleep } from 'node:timers/promises';
import { correlationId, currentContext, runInContext } from '../context';
import { logger } from '../logger';

const lines = captureLog();

describe('logger', () => {
  it('when an error carries a request, a token or a document, then only its name, text, code and stack are logged', () => {
    const cause = Object.assign(new Error('inner'), { config: { headers: { authorization: 'sk_live' } } });
    const error = Object.assign(new Error('outer', { cause }), {
      code: 11000,
      request: { body: 'sk_live' },
      keyValue: { email: 'sk_live' },
      raw: { source: 'sk_live' },
    });
    logger.error({ err: error }, 'failed');
    const { err } = lines[0] as unknown as { err: Record<string, unknown> };
    expect(err).toEqual({
      name: 'Error',
      message: 'outer',
      code: 11000,
      stack: expect.stringContaining('logger.test'),
      cause: { name: 'Error', message: 'inner', stack: expect.any(String) },
    });
    expect(JSON.stringify(lines)).not.toContain('sk_live');
  });

  it('when what was thrown or is the cause is no Error, then nothing else of it is logged either', () => {
    const response = { message: 'refused', code: 402, headers: { authorization: 'sk_live' } };
    logger.error({ err: new Error('outer', { cause: response }) }, 'failed');
    logger.error({ err: response }, 'failed');
    logger.error({ err: 'a text' }, 'failed');
    const logged = { name: 'not an Error', message: 'refused', code: 402 };
    expect(lines.map(({ err }) => err)).toMatchObject([{ cause: logged }, logged, 'a text']);
    expect(JSON.stringify(lines)).not.toContain('sk_live');
  });

  it('when causes go in a circle, then the line is still written', () => {
    const [one, other] = [new Error('one'), new Error('other')];
    one.cause = other;
    other.cause = one;
    logger.error({ err: one }, 'failed');
    expect(lines[0]).toMatchObject({ msg: 'failed', err: { message: 'one', cause: { message: 'other' } } });
  });

  it('when something is logged while an event is handled, then the line carries its ids', async () => {
    await Promise.all(
      ['a', 'b'].map((name) =>
        runInContext({ correlationId: `c-${name}`, eventId: `e-${name}` }, async () => {
          await sleep(5);
          logger.info({ name }, 'handled');
        }),
      ),
    );
    logger.info('outside');
    const idsOf = (name?: string) => lines.find((line) => line.name === name);
    expect(idsOf('a')).toMatchObject({ correlationId: 'c-a', eventId: 'e-a' });
    expect(idsOf('b')).toMatchObject({ correlationId: 'c-b', eventId: 'e-b' });
    expect(idsOf()).not.toHaveProperty('correlationId');
  });

  it('when a line is written, then its level is a word and its time is ISO 8601', () => {
    logger.warn('careful');
    expect(lines[0]).toMatchObject({ level: 'warn', msg: 'careful' });
    expect(lines[0]!.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });
});

describe('correlationId', () => {
  it('when there is a context, then it is the context’s; else a new one', () => {
    expect(runInContext({ correlationId: 'c' }, correlationId)).toBe('c');
    expect(currentContext()).toBeUndefined();
    expect(correlationId()).not.toBe(correlationId());
  });
});
