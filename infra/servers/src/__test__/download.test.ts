import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { download } from '../download';
import { temporaryDirectory, useHttpServer } from './support';

const inDirectory = temporaryDirectory();
const content = Buffer.alloc(300_000, 'ticket');
const sha256 = createHash('sha256').update(content).digest('hex');

let answer: RequestListener;
let progress: string[];
const server = useHttpServer((req, res) => answer(req, res));
const downloadFile = () =>
  download(`${server.url()}/file`, inDirectory('file'), sha256, (text) => progress.push(text));

beforeEach(() => {
  progress = [];
});

describe('when a file is downloaded', () => {
  test('then all of it is there and its progress was reported', async () => {
    answer = (_req, res) => res.writeHead(200, { 'content-length': content.length }).end(content);

    await downloadFile();

    expect((await readFile(inDirectory('file'))).equals(content)).toBe(true);
    expect(progress.at(-1)).toBe('0.3 of 0.3 MB, 100 %');
  });

  test.each<[string, RequestListener, RegExp]>([
    ['is another file', (_req, res) => res.end('something else'), /has the SHA-256 .* was expected/],
    [
      'breaks off',
      (_req, res) => {
        res.writeHead(200, { 'content-length': content.length });
        res.write(content.subarray(0, 1000), () => res.destroy());
      },
      /could not be downloaded after \d+ bytes/,
    ],
    ['does not exist', (_req, res) => res.writeHead(404).end(), /could not be downloaded/],
  ])('then one that %s is an error', async (_what, listener, message) => {
    answer = listener;

    await expect(downloadFile()).rejects.toThrow(message);
  });

  test('then a host that does not answer is named', async () => {
    const url = server.url();
    const attempt = server.close().then(() => download(url, inDirectory('file'), sha256, () => undefined));

    await expect(attempt).rejects.toThrow(`${url} could not be downloaded`);
  });
});
