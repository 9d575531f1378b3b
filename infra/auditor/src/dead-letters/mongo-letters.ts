import { MongoClient, ObjectId, type Collection } from 'mongodb';
import type { Letter, Letters } from './letters';

interface Stored extends Omit<Letter, 'id' | 'storedAt' | 'isWanted'> {
  _id: ObjectId;
  createdAt: Date;
  isWanted?: boolean;
}

/** The dead letters in a service's MongoDB. */
export class MongoLetters implements Letters {
  private readonly client: MongoClient;

  constructor(
    readonly service: string,
    uri: string,
  ) {
    this.client = new MongoClient(uri);
  }

  private get collection(): Collection<Stored> {
    return this.client.db().collection<Stored>('dead_letters');
  }

  async list(): Promise<Letter[]> {
    const stored = await this.collection.find().sort({ createdAt: 1 }).toArray();
    return stored.map(({ _id, createdAt, isWanted = false, ...letter }) => ({
      ...letter,
      id: `${this.service}:${String(_id)}`,
      storedAt: createdAt,
      isWanted,
    }));
  }

  async want(key: string): Promise<boolean> {
    if (!ObjectId.isValid(key)) return false;
    const at = { _id: new ObjectId(key) };
    return (await this.collection.updateOne(at, { $set: { isWanted: true } })).matchedCount > 0;
  }

  async discard(key: string): Promise<boolean> {
    if (!ObjectId.isValid(key)) return false;
    return (await this.collection.deleteOne({ _id: new ObjectId(key) })).deletedCount > 0;
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
