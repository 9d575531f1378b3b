import { connect, type Socket } from 'node:net';
import type { BSON } from 'mongodb';
import { formatCommand, MessageReader, parseAnswer } from './wire';

export interface Address {
  host: string;
  port: number;
}

/** A connection on which one command after another is answered. */
class Connection {
  private readonly reader = new MessageReader();
  private waiting?: { resolve: (answer: BSON.Document) => void; reject: (error: Error) => void };
  private readonly socket: Socket;
  isLost = false;

  constructor({ host, port }: Address) {
    this.socket = connect({ host, port });
    this.socket.on('data', (chunk) => {
      for (const message of this.reader.read(chunk)) this.waiting?.resolve(parseAnswer(message));
    });
    this.socket.on('error', (error) => this.waiting?.reject(error));
    this.socket.on('close', () => {
      this.isLost = true;
      this.waiting?.reject(new Error('The connection was closed'));
    });
  }

  run(body: BSON.Document, rest?: Buffer): Promise<BSON.Document> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(formatCommand(1, body, rest));
    });
  }

  close(): void {
    this.socket.destroy();
  }
}

/** Runs commands on a single server, over as many connections as it takes. */
export class Upstream {
  private readonly idle: Connection[] = [];
  private readonly busy = new Set<Connection>();

  constructor(private readonly target: () => Address) {}

  /** @throws (rejects) when the server is not there, or goes away */
  async run(body: BSON.Document, rest?: Buffer): Promise<BSON.Document> {
    const connection = this.idle.pop() ?? new Connection(this.target());
    this.busy.add(connection);
    try {
      return await connection.run(body, rest);
    } finally {
      this.busy.delete(connection);
      if (!connection.isLost) this.idle.push(connection);
    }
  }

  hello(): Promise<BSON.Document> {
    return this.run({ isMaster: 1, $db: 'admin' });
  }

  close(): void {
    for (const connection of [...this.idle, ...this.busy]) connection.close();
  }
}
