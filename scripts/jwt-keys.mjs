// npm run jwt:keys -- DIRECTORY: a new key pair for sessions. private.json is JWT_PRIVATE_KEY of auth, public.json
// JWT_PUBLIC_KEYS of all services. Where they are there already, the public keys of before stay beside the new one, so that
// nobody is signed out; docs/operations.md says in which order services get them, and when an old one may go.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [directory] = process.argv.slice(2);
if (!directory) {
  process.stderr.write('Usage: npm run jwt:keys -- DIRECTORY\n');
  process.exit(2);
}

const publicFile = path.join(directory, 'public.json');
const privateFile = path.join(directory, 'private.json');
mkdirSync(directory, { recursive: true, mode: 0o700 });

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const kid = randomUUID();
const { keys: former } = existsSync(publicFile) ? JSON.parse(readFileSync(publicFile, 'utf8')) : { keys: [] };
const keys = [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }, ...former];

const write = (file, value, mode) => writeFileSync(file, `${JSON.stringify(value)}\n`, { mode });
write(privateFile, { ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }, 0o600);
write(publicFile, { keys }, 0o644);
process.stdout.write(
  `${privateFile} has the new key ${kid}; ${publicFile} has ${keys.length} public key(s)\n`,
);
