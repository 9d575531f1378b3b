import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../journal';
import type { RunningSandbox } from '../server';
import { errorOf, post, readLedger, sdk, start } from './harness';

let directory: string;
let file: string;
let sandbox: RunningSandbox;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stripe-sandbox-'));
  file = join(directory, 'nested', 'ledger.jsonl');
  sandbox = await start(file);
});
afterEach(async () => {
  await sandbox.stop();
  await rm(directory, { recursive: true });
});

const restart = async () => {
  await sandbox.stop();
  sandbox = await start(file);
};
const charge = (source = 'tok_visa', idempotencyKey?: string, metadata = {}) =>
  sdk(sandbox.url).charges.create(
    { amount: 1234, currency: 'usd', source, metadata },
    idempotencyKey ? { idempotencyKey } : undefined,
  );

describe('when the ledger is read', () => {
  it('then JSON shows charges, refunds, keys and the number of requests', async () => {
    const { id } = await charge('tok_visa', 'key-1');
    const refund = await sdk(sandbox.url).refunds.create({ charge: id }, { idempotencyKey: 'key-2' });

    const ledger = await readLedger(sandbox.url);
    expect(ledger.charges).toEqual([expect.objectContaining({ id, amount: 1234, amount_refunded: 1234 })]);
    expect(ledger.refunds).toEqual([expect.objectContaining({ id: refund.id, charge: id })]);
    expect(ledger.idempotencyKeys).toEqual([
      { key: 'key-1', path: '/v1/charges', status: 200, object: id, created: expect.any(Number) },
      { key: 'key-2', path: '/v1/refunds', status: 200, object: refund.id, created: expect.any(Number) },
    ]);
    expect(ledger.requests).toBe(2);
  });

  it('then a browser gets a page that shows what was sent as text', async () => {
    const { id } = await charge('tok_visa', 'key-1', { note: '<script>alert(1)</script>' });
    const response = await fetch(`${sandbox.url}/ledger`, { headers: { accept: 'text/html' } });
    const page = await response.text();

    expect(response.headers.get('content-type')).toContain('text/html');
    expect(page).toContain(id);
    expect(page).toContain('1234 usd');
    expect(page).not.toContain('<script>');
  });
});

describe('when the sandbox is started again', () => {
  it('then the ledger is still there', async () => {
    const { id } = await charge();
    await sdk(sandbox.url).refunds.create({ charge: id, amount: 200 });
    const before = await readLedger(sandbox.url);
    await restart();

    const after = await readLedger(sandbox.url);
    expect(after).toEqual({ ...before, requests: 0 });
    expect(await sdk(sandbox.url).charges.retrieve(id)).toMatchObject({ amount_refunded: 200 });
  });

  it('then idempotency keys still replay', async () => {
    const { id } = await charge('tok_visa', 'key-1');
    await restart();
    expect((await charge('tok_visa', 'key-1')).id).toBe(id);
    expect((await readLedger(sandbox.url)).charges).toHaveLength(1);
  });

  it('then a failed first attempt still counts', async () => {
    await errorOf(charge('tok_error_once', 'key-1'));
    await restart();
    expect((await charge('tok_error_once', 'key-1')).paid).toBe(true);
  });

  it('then a line that a crash cut short is dropped, and the next line is whole', async () => {
    const { id } = await charge();
    await sandbox.stop();
    await appendFile(file, '{"charge":{"id":"ch_half');
    sandbox = await start(file);
    const next = await charge();
    await restart();
    expect((await readLedger(sandbox.url)).charges.map((kept) => kept.id)).toEqual([id, next.id]);
  });

  it('then a damaged ledger is named, with the line and the way out', async () => {
    await charge();
    await sandbox.stop();
    await writeFile(file, `nonsense\n${await readFile(file, 'utf8')}`);
    await expect(start(file)).rejects.toThrow(/Line 1 of the ledger .*ledger\.jsonl is not JSON\. Move/);
  });
});

describe('when 300 cards are charged at once', () => {
  it('then each is on the disk before it is answered', async () => {
    const body = { amount: '1234', currency: 'usd', source: 'tok_visa' };
    const kept = await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        const response = await post(sandbox.url, '/v1/charges', body, { 'idempotency-key': `key-${index}` });
        const { id } = (await response.json()) as { id: string };
        return (await readFile(file, 'utf8')).includes(id);
      }),
    );

    expect(kept.filter(Boolean)).toHaveLength(300);
    await restart();
    expect((await readLedger(sandbox.url)).charges).toHaveLength(300);
  });
});

describe('when the ledger is reset', () => {
  it('then it is empty, and stays so after a restart', async () => {
    await charge('tok_visa', 'key-1');
    const response = await fetch(`${sandbox.url}/ledger`, { method: 'DELETE' });
    expect(response.status).toBe(204);

    const empty = { charges: [], refunds: [], intents: [], idempotencyKeys: [], requests: 0 };
    expect(await readLedger(sandbox.url)).toEqual(empty);
    await restart();
    expect(await readLedger(sandbox.url)).toEqual(empty);
  });

  it('then what follows at once is kept, and what came just before is gone', async () => {
    const journal = await openJournal<string>(join(directory, 'journal.jsonl'));
    await Promise.all([journal.append('before'), journal.clear(), journal.append('after')]);
    await journal.close();
    expect(await readFile(join(directory, 'journal.jsonl'), 'utf8')).toBe('"after"\n');
  });
});

describe('when a write fails', () => {
  it('then what was to be kept is refused from then on, and the journal says that it cannot write', async () => {
    const journal = await openJournal<string>(join(directory, 'journal.jsonl'));
    await journal.append('kept');
    expect(journal.writable).toBe(true);
    await journal.close();

    await expect(journal.append('lost')).rejects.toThrow();
    await expect(journal.append('after')).rejects.toThrow();
    expect(journal.writable).toBe(false);
    expect(await readFile(join(directory, 'journal.jsonl'), 'utf8')).toBe('"kept"\n');
  });
});
