import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const root = path.join(__dirname, '../..');
const directory = mkdtempSync(path.join(tmpdir(), 'ticketing-consumer-'));
const file = (name: string) => path.join(directory, name);
const versionOf = (name: string): string =>
  JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
const npm = (cwd: string, ...args: string[]) => execute('npm', args, { cwd, maxBuffer: 10_000_000 });

interface Packed {
  filename: string;
  files: { path: string }[];
}
let packed: Packed;

const consumer = `
import { createApp, NotFoundError, OrderStatus, refused, Subjects, toMinorUnits, transitionsOf } from '@ticketing/common';
import { isPrice } from '@ticketing/common/limits';
import { modeOfStripeKey } from '@ticketing/common/stripe-keys';
import type { Express, Request } from 'express';

const app: Express = createApp([]);
const userOf = (req: Request): string | undefined => req.currentUser?.email;
const next = transitionsOf<'open' | 'shut', 'close'>('door', { open: { close: 'shut' }, shut: { close: refused } });
const state: string | undefined = next('open', 'close');
process.stdout.write(
  [typeof app, typeof userOf, state, OrderStatus.Cancelled, isPrice(1), modeOfStripeKey('pk_test_1'), toMinorUnits(19.99), new NotFoundError().statusCode, Subjects.OrderCreated].join(' '),
);
`;

beforeAll(async () => {
  const { stdout } = await npm(root, 'pack', '--json', '--pack-destination', directory);
  // prepack prints before the JSON does.
  [packed] = JSON.parse(stdout.slice(stdout.search(/^\[/m))) as [Packed];
}, 120_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the package', () => {
  it('when it is packed, then it has code and types, and neither tests nor sources', () => {
    const paths = packed.files.map((entry) => entry.path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'README.md',
        'package.json',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/testing/index.js',
      ]),
    );
    const unexpected = paths.filter(
      (entry) => !/^(README\.md|LICENSE|package\.json|dist\/.+(\.d\.ts|\.js))$/.test(entry),
    );
    expect(unexpected).toEqual([]);
    expect(paths.filter((entry) => /__test__|__mocks__|\.test\./.test(entry))).toEqual([]);
  });

  it('when it is installed outside the repository, then a TypeScript program compiles against it and runs', async () => {
    writeFileSync(
      file('package.json'),
      JSON.stringify({
        name: 'consumer',
        private: true,
        dependencies: {
          '@ticketing/common': `file:./${packed.filename}`,
          mongoose: versionOf('mongoose'),
          '@types/node': versionOf('@types/node'),
        },
      }),
    );
    writeFileSync(file('index.ts'), consumer);
    writeFileSync(
      file('tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          target: 'es2022',
          module: 'node16',
          skipLibCheck: true,
          esModuleInterop: true,
          types: ['node'],
        },
        files: ['index.ts'],
      }),
    );
    await npm(directory, 'install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund');
    await execute(process.execPath, [require.resolve('typescript/bin/tsc')], { cwd: directory });
    const { stdout } = await execute(process.execPath, ['index.js'], { cwd: directory });
    expect(stdout).toBe('function function shut cancelled true  1999 404 order:created');
  }, 120_000);
});
