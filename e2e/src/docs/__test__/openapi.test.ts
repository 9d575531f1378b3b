import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const docs = join(__dirname, '../../../../docs');
const document = join(docs, 'openapi.yaml');
const script = (name: string) => join(__dirname, '../../../scripts', name);

describe('when the OpenAPI document is linted', () => {
  it('then it is valid, its examples too', async () => {
    const { stdout } = await run(process.execPath, [script('lint-openapi.mjs')]);
    expect(stdout).toContain('0 errors, 0 warnings');
  });

  it('then a document with a wrong example is refused', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'openapi-'));
    try {
      const copy = join(directory, 'openapi.yaml');
      const text = await readFile(document, 'utf8');
      await writeFile(copy, text.replace('amount: 2050', 'amount: many'));
      await expect(run(process.execPath, [script('lint-openapi.mjs'), copy])).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/: [1-9]\d* errors/),
      });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('when the Postman collection is generated', () => {
  it('then it is the committed one (else: npm run docs:postman -w e2e)', async () => {
    const committed = await readFile(join(docs, 'postman/ticketing.postman_collection.json'), 'utf8');
    const { stdout } = await run(process.execPath, [script('postman.mjs'), '--stdout'], {
      maxBuffer: 16 * 1024 * 1024,
    });
    expect(stdout).toBe(committed);
  });
});
