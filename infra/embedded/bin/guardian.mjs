// Ends what a runner started when the runner itself is gone. It holds the other end of a pipe to the runner:
// the end of that pipe is the one sign that a SIGKILL cannot suppress. Lines on it: +<group>, -<group>, done.
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 3_000;
const run = process.argv[2];
const groups = new Set();
let done = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

const send = (target, signal) => {
  try {
    process.kill(target, signal);
    return true;
  } catch {
    return false;
  }
};

/** Processes of this run that left their group, or were started in the instant before the runner died. */
const marked = () => {
  if (process.platform !== 'linux') return [];
  const mine = `TICKETING_RUN=${run}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(mine);
      } catch {
        return false;
      }
    })
    .map(Number);
};

const targets = () => [...[...groups].map((group) => -group), ...marked()];

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === 'done') done = true;
    else if (line.startsWith('+')) groups.add(Number(line.slice(1)));
    else groups.delete(Number(line.slice(1)));
  })
  .on('close', async () => {
    if (done) return;
    for (const target of targets()) send(target, 'SIGTERM');
    const deadline = Date.now() + GRACE_MS;
    while (Date.now() < deadline && targets().some((target) => send(target, 0))) await sleep(50);
    for (const target of targets()) send(target, 'SIGKILL');
  });
