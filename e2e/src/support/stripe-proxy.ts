import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request to Stripe at which something is to happen. */
export interface Step {
  method: string;
  path: RegExp;
  /** Before Stripe has it, or after Stripe has done it and before the answer arrives. */
  moment: 'before' | 'after';
}

interface Trap extends Step {
  caught: () => void;
}

/** Stands between the payments service and the Stripe sandbox, and keeps chosen requests or their answers. */
export class StripeProxy {
  private readonly traps: Trap[] = [];
  /** The sandbox; known once the system has started. */
  target = '';

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<StripeProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const proxy = new StripeProxy(server, `http://127.0.0.1:${port}`);
    server.on('request', (req: IncomingMessage, res: ServerResponse) => void proxy.pass(req, res));
    return proxy;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Resolves when the next request of this kind is kept; nobody will ever answer it. */
  keepNext(step: Step): Promise<void> {
    return new Promise((resolve) => this.traps.push({ ...step, caught: resolve }));
  }

  private take(req: IncomingMessage): Trap | undefined {
    const index = this.traps.findIndex(
      ({ method, path }) => method === req.method && path.test(new URL(req.url ?? '', this.url).pathname),
    );
    return index < 0 ? undefined : this.traps.splice(index, 1)[0];
  }

  private async pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const trap = this.take(req);
    if (trap?.moment === 'before') return trap.caught();
    const { method, headers } = req;
    const forwarded = request(`${this.target}${req.url}`, { method, headers });
    req.pipe(forwarded);
    forwarded.on('error', () => res.destroy());
    const [answer] = (await once(forwarded, 'response').catch(() => [])) as [IncomingMessage?];
    if (!answer) return;
    if (trap) {
      answer.resume();
      await once(answer, 'end');
      return trap.caught();
    }
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  }
}
