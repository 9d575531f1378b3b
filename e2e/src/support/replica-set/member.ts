import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { BSON } from 'mongodb';
import { formatAnswer, MessageReader, parseCommand } from './wire';

type Handler = (member: Member, body: BSON.Document, rest: Buffer) => Promise<BSON.Document>;

/** A port of 127.0.0.1 that speaks MongoDB's wire protocol, and can be gone and come back. */
export class Member {
  private server?: Server;
  private readonly sockets = new Set<Socket>();
  private port = 0;

  constructor(private readonly handle: Handler) {}

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Listens, again on the same port. */
  async start(): Promise<void> {
    this.server = createServer((socket) => this.serve(socket)).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Resets all connections, with or without their answers, and listens no more. */
  async kill(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }

  private serve(socket: Socket): void {
    const reader = new MessageReader();
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const message of reader.read(chunk)) void this.answer(socket, message);
    });
  }

  private async answer(socket: Socket, message: Buffer): Promise<void> {
    const command = parseCommand(message);
    try {
      const answer = await this.handle(this, command.body, command.rest);
      if (!socket.destroyed) socket.write(formatAnswer(command, answer));
    } catch {
      // The server behind is away: so is this member.
      socket.resetAndDestroy();
    }
  }
}
