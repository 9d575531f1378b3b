import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a client and a server, and can do to the connection what networks do. */
export class TcpProxy {
  private readonly clients = new Set<Socket>();
  private muted = false;
  private refusing = false;
  private losing?: (answer: Buffer) => boolean;
  private withholding?: (request: Buffer) => boolean;
  /** How many connections were ever taken. */
  accepted = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param target without one, clients are accepted and never answered */
  static async to(target?: number): Promise<TcpProxy> {
    const server = createServer((client) => proxy.take(client, target));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = new TcpProxy(server, (server.address() as AddressInfo).port);
    return proxy;
  }

  get connections(): number {
    return this.clients.size;
  }

  /** What the server says is lost from here on. */
  mute(): void {
    this.muted = true;
  }

  unmute(): void {
    this.muted = false;
  }

  /** The first answer that `isLost` recognizes does not arrive: its connection breaks instead, once. */
  loseAnswer(isLost: (answer: Buffer) => boolean): void {
    this.losing = isLost;
  }

  /** Requests that `isWithheld` recognizes reach the server; their connections hear nothing of it any more. */
  withhold(isWithheld?: (request: Buffer) => boolean): void {
    this.withholding = isWithheld;
  }

  /** Says something to the clients in the server’s name. */
  say(text: string): void {
    for (const client of this.clients) client.write(text);
  }

  /** Breaks all connections and takes no new ones until `restore`. */
  cut(): void {
    this.refusing = true;
    for (const client of this.clients) client.destroy();
  }

  restore(): void {
    this.refusing = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private take(client: Socket, target?: number): void {
    client.on('error', () => undefined).on('close', () => this.clients.delete(client));
    if (this.refusing) return void client.destroy();
    this.clients.add(client);
    this.accepted += 1;
    if (target === undefined) return;
    const upstream = connect(target, '127.0.0.1');
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    let isDeaf = false;
    client
      .on('close', () => upstream.destroy())
      .on('data', (data) => {
        if (this.withholding?.(data)) isDeaf = true;
        upstream.write(data);
      });
    upstream.on('data', (data) => {
      if (this.losing?.(data)) {
        this.losing = undefined;
        client.destroy();
      }
      if (!this.muted && !isDeaf && !client.destroyed) client.write(data);
    });
  }
}
