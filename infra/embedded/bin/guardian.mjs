// Ends what a runner has started when the runner itself is gone. It holds the other end of a pipe to the runner: the
// end of that pipe is the one sign that SIGKILL cannot suppress. Lines on the pipe: +<group>, -<group>, done.
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 3_000;
const mark = `TICKETING_RUN=${process.argv[2]}`;
const groups = new Set();
let done = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

/** Whether there was a process to receive the signal. */
const send = (target, signal) => {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
};

const carriesMark = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark);
  } catch {
    return false;
  }
};

/** The groups, and on Linux processes that left theirs or were started in the instant before the runner died. */
const targets = () => {
  const pids = process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  const marked = pids.map(Number).filter((pid) => pid !== process.pid && carriesMark(pid));
  return [...[...groups].map((group) => -group), ...marked];
};

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
