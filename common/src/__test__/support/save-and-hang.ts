import mongoose from 'mongoose';
import { relayOver, thingModel } from './things';

// Saves with a bus that never confirms, and waits to be killed: between save and publish for ever.
const relay = relayOver(() => ({ publish: () => undefined, subscribe: () => ({ close: () => undefined }) }));
const Thing = thingModel(relay);

const main = async (): Promise<void> => {
  await mongoose.connect(process.env.MONGO_URI!);
  relay.start();
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
