// Writes every generated document, or with --check compares them with the committed ones.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { apiTypes } from './api-types';
import { asyncapi } from './asyncapi';
import { command, root } from './files';
import { natsUsers } from './nats-users';
import { postmanCollection } from './postman';

const documents: Record<string, () => Promise<string>> = {
  'common/src/api.ts': apiTypes,
  'docs/asyncapi.yaml': asyncapi,
  'docs/postman/ticketing.postman_collection.json': postmanCollection,
  'infra/k8s-ha/bus/nats/users.conf': natsUsers,
};

/** Formatted as the repository's other files are, where prettier knows the language. */
const formatted = async (file: string, text: string): Promise<string> =>
  (await getFileInfo(file)).inferredParser
    ? format(text, { ...(await resolveConfig(file)), filepath: file })
    : text;

const main = async (): Promise<void> => {
  const check = process.argv.includes('--check');
  const stale: string[] = [];
  for (const [name, generate] of Object.entries(documents)) {
    const file = join(root, name);
    const text = await formatted(file, await generate());
    if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
    stale.push(name);
    if (check) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const verb = check ? 'differs from what is generated' : 'written';
  for (const name of stale) process.stdout.write(`${name}: ${verb}\n`);
  if (!check || stale.length === 0) return;
  process.stdout.write(`Run \`${command}\` and commit the result.\n`);
  process.exitCode = 1;
};

void main();
