import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { temporaryDirectory } from '../../__test__/support';
import { silent, type Reporter } from '../../terminal';
import { download } from '../download';

const directory = temporaryDirectory();
const content = Buffer.alloc(300_000, 'ticket');
const sha256 = createHash('sha256').update(content).digest('hex');

let server: Server;
let answer: RequestListener;
const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/archive`;
const target = () => path.join(directory(), 'cache', 'archive');

const fetchArchive = (checksum = sha256, report: Reporter = silent) =>
  download(url(), target(), { label: 'Archive', report, sha256: checksum });

beforeEach(async () => {
  server = createServer((req, res) => answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('when an archive is downloaded', () => {
  test('then the whole file is there and its progress was told', async () => {
    answer = (_req, res) => res.writeHead(200, { 'content-length': content.length }).end(content);
    const told: string[] = [];
    const report = {
      ...silent,
      progress: () => ({ update: (text: string) => told.push(text), done: () => undefined }),
    };

    await fetchArchive(sha256, report);

    expect((await readFile(target())).equals(content)).toBe(true);
    expect(told.at(-1)).toBe('0.3 of 0.3 MB, 100 %');
  });

  test.each<[string, RequestListener, RegExp]>([
    ['is another file', (_req, res) => res.end('something else'), /has the SHA-256 .* was expected/],
    [
      'breaks off',
      (_req, res) => {
        res.writeHead(200, { 'content-length': content.length });
        res.write(content.subarray(0, 1000), () => res.destroy());
      },
      /broke off after \d+ of 300000 bytes/,
    ],
    ['does not exist', (_req, res) => res.writeHead(404).end(), /answered 404/],
  ])('then one that %s fails and leaves nothing', async (_what, listener, message) => {
    answer = listener;

    await expect(fetchArchive()).rejects.toThrow(message);

    expect(await readdir(path.dirname(target()))).toEqual([]);
  });

  test('then a host that is not there is named', async () => {
    const port = (server.address() as AddressInfo).port;
    await new Promise((resolve) => server.close(resolve));

    const attempt = download(`http://127.0.0.1:${port}/x`, target(), { label: 'x', report: silent, sha256 });

    await expect(attempt).rejects.toThrow(`http://127.0.0.1:${port}/x could not be fetched`);
    server.listen(0);
  });
});
