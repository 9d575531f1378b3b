import { createServer } from 'node:net';
import { measureBus } from './bus';
import { runLoad } from './load';
import { measureOrderable } from './orderable';
import type { DelayResult, Job, LoadResult, Reply } from './protocol';

const run = (job: Job): Promise<LoadResult | DelayResult> => {
  switch (job.kind) {
    case 'load':
      return runLoad(job);
    case 'orderable':
      return measureOrderable(job);
    case 'bus':
      return measureBus(job);
  }
};

const reply = (message: Reply): void => void process.send?.(message);

process.on('message', (job: Job) => {
  run(job).then(
    (result) => reply({ result }),
    (error: unknown) => reply({ error: String(error) }),
  );
});

// Its parent knows a process to be ready by its port.
createServer((socket) => socket.destroy()).listen(Number(process.env.PORT), '127.0.0.1');
