import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { defaultDataDir } from '@ticketing/embedded';
import { ConfigError, readConfig } from '../config';
import { OWNERS } from '../databases';
import type { Letter, Letters } from './letters';
import { MongoLetters } from './mongo-letters';
import { RedisLetters } from './redis-letters';

const USAGE = `Usage: npm run dead-letters -- COMMAND
  list                     every dead letter, oldest first
  show ID                  one of them, with its message
  replay ID… | --all       have them handled again by their services, and wait for the outcome
  discard ID… | --all      remove them for good
Reads the system that npm start runs, or the one that AUTH_MONGO_URI, TICKETS_MONGO_URI, ORDERS_MONGO_URI,
PAYMENTS_MONGO_URI and REDIS_URL name.`;

/** How long a replay is waited for: services look every 15 seconds. */
const REPLAY_MS = 40_000;
const AGAIN_MS = 1_000;

const shorten = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

const oneLine = ({ id, subject, sequence, error, tries, storedAt, isWanted }: Letter): string =>
  [
    id,
    storedAt.toISOString(),
    `${subject} #${sequence}`,
    ...(tries ? [`${tries} tries`] : []),
    ...(isWanted ? ['to be handled again'] : []),
    shorten(error.replaceAll(/\s+/g, ' '), 100),
  ].join('  ');

const everyLetter = async (boxes: readonly Letters[]): Promise<Letter[]> =>
  (await Promise.all(boxes.map((box) => box.list())))
    .flat()
    .sort((a, b) => a.storedAt.getTime() - b.storedAt.getTime());

/** The box of a letter's service, and its key there. */
const find = (boxes: readonly Letters[], id: string): { box: Letters; key: string } => {
  const [service = '', ...rest] = id.split(':');
  const box = boxes.find((one) => one.service === service);
  if (!box) {
    const known = boxes.map((one) => one.service).join(', ');
    throw new ConfigError(`There is no dead letter ${id}: an id begins with its service, one of ${known}.`);
  }
  return { box, key: rest.join(':') };
};

const each = async (
  boxes: readonly Letters[],
  ids: readonly string[],
  change: (box: Letters, key: string) => Promise<boolean>,
): Promise<void> => {
  for (const id of ids) {
    const { box, key } = find(boxes, id);
    if (!(await change(box, key))) throw new ConfigError(`There is no dead letter ${id}.`);
  }
};

/** Marks the letters and waits for what their services make of them. @returns how many are still there */
const replay = async (boxes: readonly Letters[], ids: readonly string[], print: Print): Promise<number> => {
  await each(boxes, ids, (box, key) => box.want(key));
  print(`Waiting for the services to handle ${ids.length} dead letters …`);
  const deadline = Date.now() + REPLAY_MS;
  for (;;) {
    const left = (await everyLetter(boxes)).filter(({ id }) => ids.includes(id));
    const open = left.filter(({ isWanted }) => isWanted);
    if (open.length === 0 || Date.now() > deadline) {
      print(`${ids.length - left.length} handled, ${left.length} still dead.`);
      for (const letter of left) print(oneLine(letter));
      if (open.length > 0) print(`${open.length} were not tried: is their service running?`);
      return left.length;
    }
    await sleep(AGAIN_MS);
  }
};

type Print = (line: string) => void;

const readArguments = (args: string[]): { command: string; ids: string[]; all: boolean } => {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { all: { type: 'boolean', default: false } },
    });
    const [command = '', ...ids] = positionals;
    const isMany = command === 'replay' || command === 'discard';
    const isUsable =
      (command === 'list' && ids.length === 0) ||
      (command === 'show' && ids.length === 1) ||
      (isMany && values.all === (ids.length === 0));
    if (isUsable && (isMany || !values.all)) return { command, ids, all: values.all };
  } catch {
    // As for an unknown command.
  }
  throw new ConfigError(USAGE);
};

const boxesOf = (env: NodeJS.ProcessEnv): Letters[] => {
  const { uris, redisUrl } = readConfig(env, defaultDataDir());
  return [
    ...OWNERS.map((owner) => new MongoLetters(owner, uris[owner])),
    ...(redisUrl ? [new RedisLetters(redisUrl)] : []),
  ];
};

/** The command. @returns its exit code: 1 when a letter is still dead after a replay */
export const runDeadLetters = async (
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
  print: Print = (line) => void process.stdout.write(`${line}\n`),
): Promise<number> => {
  const { command, ids, all } = readArguments(args);
  const boxes = boxesOf(env);
  try {
    const chosen = all ? (await everyLetter(boxes)).map(({ id }) => id) : ids;
    if (command === 'replay') return (await replay(boxes, chosen, print)) > 0 ? 1 : 0;
    if (command === 'discard') {
      await each(boxes, chosen, (box, key) => box.discard(key));
      print(`${chosen.length} discarded.`);
      return 0;
    }
    const letters = await everyLetter(boxes);
    if (command === 'list') {
      for (const letter of letters) print(oneLine(letter));
      print(`${letters.length} dead letters.`);
      return 0;
    }
    const letter = letters.find(({ id }) => id === chosen[0]);
    if (!letter) throw new ConfigError(`There is no dead letter ${chosen[0]}.`);
    print(JSON.stringify(letter, undefined, 2));
    return 0;
  } finally {
    await Promise.all(boxes.map((box) => box.close()));
  }
};
