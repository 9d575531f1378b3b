import mongoose from 'mongoose';
import { relayOver, Thing } from './things';

// Saves with a bus that never acknowledges, and waits to be killed: between save and publish for ever.
const relay = relayOver(() => ({ publish: () => undefined, subscribe: () => ({ close: () => undefined }) }));

const main = async (): Promise<void> => {
  await mongoose.connect(process.env.MONGO_URI!);
  await relay.sweeps.start();
  const thing = new Thing({ title: 'zero', price: 1 });
  thing.offer();
  await thing.save();
  for (const title of ['one', 'two']) {
    thing.rename(title);
    await thing.save();
  }
  process.stdout.write(`saved ${thing.id}\n`);
};
void main();
