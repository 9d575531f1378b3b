import { setTimeout as sleep } from 'node:timers/promises';
import { countBy, range } from 'es-toolkit';
import { waitForConsistency } from '../support/consistency';
import { Customer, PASSWORD, uniqueEmail, uniqueWord } from '../support/customer';
import { pidsOf, restartsOf, useSystem } from '../support/system';
import { waitFor } from '../support/wait-for';

const SECONDS = 4;
/** So few requests at a time that a test can overload the services. */
const LIMIT = 4;
const AT_ONCE = 120;
const DEADLINE_MS = 15_000;

const own = useSystem({ all: { MAX_REQUESTS_IN_FLIGHT: String(LIMIT) } });

describe('when more requests come than are served', () => {
  interface Answered {
    status: number;
    ms: number;
    retryAfter?: unknown;
  }
  let answers: Answered[];
  let pids: Record<string, number | undefined>;

  beforeAll(async () => {
    const { url, system } = own();
    const seller = await Customer.signedUp(url);
    pids = pidsOf(system);
    const timed = async (send: () => ReturnType<Customer['sell']>): Promise<Answered> => {
      const since = performance.now();
      const { status, headers } = await send();
      return { status, ms: performance.now() - since, retryAfter: headers['retry-after'] };
    };
    const all: Promise<Answered>[] = [];
    for (const _second of range(SECONDS)) {
      const sells = range(AT_ONCE).map(() => timed(() => seller.sell(`Fair ${uniqueWord()}`, 9)));
      all.push(...sells);
      await sleep(1_000);
    }
    answers = await Promise.all(all);
  }, 120_000);

  it('then each is served or refused with 503 and Retry-After, and none waits', () => {
    expect(answers).toHaveLength(SECONDS * AT_ONCE);
    const counts = countBy(answers, ({ status }) => status);
    expect(Object.keys(counts).sort()).toEqual(['201', '503']);
    expect(answers.filter(({ status, retryAfter }) => status === 503 && retryAfter === undefined)).toEqual(
      [],
    );
    expect(answers.filter(({ ms }) => ms > DEADLINE_MS)).toEqual([]);
  });

  it('then everything is served as before within ten seconds of its end', async () => {
    const customer = new Customer(own().url);
    const signedUp = () => customer.signUp({ email: uniqueEmail(), password: PASSWORD });
    await waitFor('a sign-up', signedUp, ({ status }) => status === 201, { timeoutMs: 10_000 });
    const { status } = await customer.sell(`Fair ${uniqueWord()}`, 9);
    expect(status).toBe(201);
  });

  it('then nothing is lost, and no service was restarted', async () => {
    await waitForConsistency(own());
    const served = answers.filter(({ status }) => status === 201).length;
    expect((await own().databases.tickets()).length).toBeGreaterThanOrEqual(served);
    expect(pidsOf(own().system)).toEqual(pids);
    expect(Object.values(restartsOf(own().system))).toEqual([0, 0, 0, 0, 0]);
  });
});
