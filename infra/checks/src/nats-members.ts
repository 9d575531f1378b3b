import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../../common/src/__test__/support/free-port';
import { readText, root } from './repository';

/** Instead of kubectl: there are no secrets yet, and the files of those that are created are kept. */
const KUBECTL = `#!/usr/bin/env bash
[ "$1" = create ] || exit 1
mkdir -p "$KEPT/$4"
for option in "\${@:5}"; do
  case $option in --from-file=*=*) pair=\${option#*=}; cp "\${pair#*=}" "$KEPT/$4/\${pair%%=*}" ;;
  --from-file=*) cp "\${option#*=}" "$KEPT/$4/" ;; esac
done
`;

/** The secrets as infra/k8s-ha/create-secrets.sh makes them: a file for each key. */
const createSecrets = (folder: string): string => {
  const kept = path.join(folder, 'secrets');
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'kubectl'), KUBECTL.replace('exit 1', '{ [ "$1" = label ]; exit; }'));
  chmodSync(path.join(bin, 'kubectl'), 0o755);
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, KEPT: kept };
  const { status, stderr } = spawnSync(path.join(root, 'infra/k8s-ha/create-secrets.sh'), {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`create-secrets.sh: ${stderr}`);
  return kept;
};

/** The three members of infra/k8s-ha, with its configuration and its secrets, on this machine. */
export class NatsMembers {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'ticketing-nats-members-'));
  private readonly secrets = createSecrets(this.folder);
  private children: ChildProcess[] = [];

  private constructor(private readonly ports: { client: number; cluster: number; monitoring: number }[]) {}

  static async start(): Promise<NatsMembers> {
    const ports = [];
    for (let at = 0; at < 3; at += 1)
      ports.push({ client: await freePort(), cluster: await freePort(), monitoring: await freePort() });
    const members = new NatsMembers(ports);
    members.children = ports.map((_, at) => members.spawn(at));
    return members;
  }

  get url(): string {
    return this.ports.map(({ client }) => `tls://localhost:${client}`).join(',');
  }

  get monitoringUrls(): string[] {
    return this.ports.map(({ monitoring }) => `http://localhost:${monitoring}`);
  }

  get certificateAuthority(): string {
    return path.join(this.secrets, 'nats-tls/ca.crt');
  }

  passwordOf(user: string): string {
    return readFileSync(path.join(this.secrets, 'nats-users', user), 'utf8');
  }

  async dispose(): Promise<void> {
    const running = this.children.filter((child) => child.exitCode === null && child.signalCode === null);
    await Promise.all(running.map((child) => (child.kill('SIGKILL'), once(child, 'exit'))));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The committed configuration; only its addresses and folders are this machine's. */
  private spawn(at: number): ChildProcess {
    const own = path.join(this.folder, `nats-${at}`);
    mkdirSync(own);
    const { client, cluster, monitoring } = this.ports[at] ?? { client: 0, cluster: 0, monitoring: 0 };
    const text = readText('infra/k8s-ha/bus/nats/nats.conf')
      .replace(/0\.0\.0\.0:4222/, `127.0.0.1:${client}`)
      .replace(/0\.0\.0\.0:6222/, `127.0.0.1:${cluster}`)
      .replace(/0\.0\.0\.0:8222/, `127.0.0.1:${monitoring}`)
      .replaceAll(
        /nats-(\d)\.nats:6222/g,
        (_, member: string) => `localhost:${this.ports[Number(member)]?.cluster}`,
      )
      .replaceAll('/etc/nats-tls', path.join(this.secrets, 'nats-tls'))
      .replace('"/data"', `"${own}/data"`)
      .replace('/tmp/nats.pid', `${own}/nats.pid`);
    writeFileSync(path.join(own, 'nats.conf'), text);
    writeFileSync(path.join(own, 'users.conf'), readText('infra/k8s-ha/bus/nats/users.conf'));
    const passwords = readdirSync(path.join(this.secrets, 'nats-users')).map((user) => [
      `${user.toUpperCase()}_PASSWORD`,
      this.passwordOf(user),
    ]);
    const { NATS_SERVER_BINARY: binary = 'nats-server', PATH } = process.env;
    const env = { PATH, POD_NAME: `nats-${at}`, ...(Object.fromEntries(passwords) as NodeJS.ProcessEnv) };
    return spawn(binary, ['--config', path.join(own, 'nats.conf')], { env, stdio: 'ignore' });
  }
}
