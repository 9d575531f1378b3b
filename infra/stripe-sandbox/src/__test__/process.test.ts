import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config';
import { post, readLedger, start } from './harness';

describe('when the environment is read', () => {
  it('then the defaults are port 3000, a ledger in memory, info, and events that are signed and not sent', () => {
    expect(readConfig({})).toEqual({
      PORT: 3000,
      LOG_LEVEL: 'info',
      STRIPE_WEBHOOK_SECRET: 'whsec_ticketing_sandbox',
    });
  });

  it('then everything that is wrong is named in one message', () => {
    const env = { PORT: 'eighty', LEDGER_FILE: ' ', LOG_LEVEL: 'loud' };
    expect(() => readConfig(env)).toThrow(
      /PORT="eighty" must be[^]*LEDGER_FILE=" " must be[^]*LOG_LEVEL="loud" must/,
    );
  });
});

describe('when it is asked for its health', () => {
  it('then it is alive and ready, without an API key', async () => {
    const sandbox = await start();
    expect((await fetch(`${sandbox.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${sandbox.url}/readyz`)).status).toBe(200);
    await sandbox.stop();
  });

  it('then stopping it twice settles', async () => {
    const sandbox = await start();
    await Promise.all([sandbox.stop(), sandbox.stop()]);
    await expect(fetch(`${sandbox.url}/healthz`)).rejects.toThrow();
  });
});

describe('when the process runs', () => {
  const entry = join(__dirname, '..', 'index.ts');
  let directory: string;
  let child: ChildProcess;
  let output = '';

  const run = (env: NodeJS.ProcessEnv) => {
    output = '';
    const args = ['--import', 'tsx', entry];
    child = spawn(process.execPath, args, { env: { ...process.env, ...env }, cwd: __dirname });
    child.stdout?.on('data', (data: Buffer) => (output += String(data)));
    child.stderr?.on('data', (data: Buffer) => (output += String(data)));
  };

  const ready = async (): Promise<string> => {
    for (;;) {
      const url = /"url":"(http:[^"]+)"/.exec(output)?.[1];
      if (url) return url;
      if (child.exitCode !== null) throw new Error(`The sandbox ended: ${output}`);
      await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
    }
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stripe-sandbox-'));
  });
  afterEach(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(directory, { recursive: true });
  });

  it('then SIGTERM lets a charge end and stops it with code 0', async () => {
    run({ PORT: '0', LEDGER_FILE: join(directory, 'ledger.jsonl') });
    const url = await ready();
    const slow = post(url, '/v1/charges', { amount: '500', currency: 'usd', source: 'tok_slow_500' });
    while ((await readLedger(url)).requests === 0);
    child.kill('SIGTERM');
    expect((await slow).status).toBe(200);
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(output).toContain('stopped');
  });

  it('then a charge that was answered outlives SIGKILL', async () => {
    const env = { PORT: '0', LEDGER_FILE: join(directory, 'ledger.jsonl') };
    run(env);
    const response = await post(await ready(), '/v1/charges', {
      amount: '500',
      currency: 'usd',
      source: 'tok_visa',
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { id } = (await response.json()) as { id: string };

    run(env);
    expect((await readLedger(await ready())).charges.map((charge) => charge.id)).toEqual([id]);
  });

  it('then the log has the requests but no tokens and no keys', async () => {
    run({ PORT: '0' });
    await post(await ready(), '/v1/charges', { amount: '500', currency: 'usd', source: 'tok_visa' });
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(output).toContain('/v1/charges');
    expect(output).not.toMatch(/tok_visa|sk_test/);
  });

  it('then a bad environment ends it with a message instead of a stack', async () => {
    run({ PORT: 'eighty' });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(output).toMatch(/^The Stripe sandbox cannot start with this environment:\n {2}PORT="eighty" must/);
  });
});
