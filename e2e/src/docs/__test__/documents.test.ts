import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { schemasWithoutId } from '@asyncapi/specs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { openapiFile, root } from '../files';

const execute = promisify(execFile);
const npm = (...args: string[]) => execute('npm', ['run', '--silent', ...args], { cwd: root });
const lint = (...files: string[]) => npm('docs:lint', '-w', '@ticketing/e2e', '--', ...files);

describe('when the OpenAPI document is linted', () => {
  it('then it is valid, its examples too', async () => {
    const { stdout } = await lint();
    expect(stdout).toContain('0 errors, 0 warnings');
  });

  it('then a document with a wrong example is refused', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'openapi-'));
    try {
      const wrong = join(directory, 'openapi.yaml');
      const text = await readFile(openapiFile, 'utf8');
      await writeFile(wrong, text.replace('amount: 2050', 'amount: many'));
      await expect(lint(wrong)).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/: [1-9]\d* errors/),
      });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('when the documents are generated', () => {
  it('then they are the committed ones', async () => {
    const { stdout } = await npm('docs:generate', '--', '--check').catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe('');
  });
});

describe('when the AsyncAPI document is read', () => {
  const read = async () =>
    parse(await readFile(join(root, 'docs/asyncapi.yaml'), 'utf8')) as {
      channels: Record<string, { address: string; description: string }>;
      operations: Record<string, { action: string; bindings?: object }>;
    };
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(schemasWithoutId['3.0.0'] as object);

  it('then it is valid', async () => {
    expect({ valid: validate(await read()), errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  it('then an operation with an unknown action is refused', async () => {
    const document = await read();
    document.operations['orders.send.OrderCreated']!.action = 'shout';
    expect(validate(document)).toBe(false);
  });

  it('then it names who publishes and who consumes an event, in which queue group', async () => {
    const { channels, operations } = await read();
    expect(channels.OrderCreated).toMatchObject({
      address: 'order:created',
      description: 'Published by orders; consumed by tickets, payments, expiration.',
    });
    expect(operations['payments.receive.OrderCreated']).toMatchObject({
      action: 'receive',
      bindings: { nats: { queue: 'payments-service' } },
    });
  });
});
