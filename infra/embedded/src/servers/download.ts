import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Reporter } from '../terminal';
import { scratchBeside } from './build';

const CONNECT_TIMEOUT_MS = 8_000;
const STALL_TIMEOUT_MS = 20_000;
const MEGABYTE = 1024 * 1024;

export class DownloadError extends Error {
  override name = 'DownloadError';
}

interface DownloadOptions {
  label: string;
  report: Reporter;
  sha256: string;
}

/** Fetches with one deadline for the answer to begin and another for every pause within it. */
const begin = async (url: string): Promise<{ response: Response; alive: () => void; end: () => void }> => {
  const abort = new AbortController();
  let timer = setTimeout(
    () => abort.abort(new DownloadError(`no answer in ${CONNECT_TIMEOUT_MS / 1000} s`)),
    CONNECT_TIMEOUT_MS,
  );
  const end = () => clearTimeout(timer);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => abort.abort(new DownloadError(`nothing received for ${STALL_TIMEOUT_MS / 1000} s`)),
      STALL_TIMEOUT_MS,
    );
  };
  try {
    const response = await fetch(url, { signal: abort.signal, redirect: 'follow' });
    if (!response.ok) throw new DownloadError(`${url} answered ${response.status}`);
    alive();
    return { response, alive, end };
  } catch (error) {
    end();
    if (error instanceof DownloadError) throw error;
    throw new DownloadError(`${url} could not be fetched`, { cause: (error as Error).cause ?? error });
  }
};

export const fetchText = async (url: string): Promise<string> => {
  const { response, end } = await begin(url);
  try {
    return await response.text();
  } finally {
    end();
  }
};

/**
 * Downloads to `target`, which either is the whole file with the right checksum or does not exist: the bytes
 * go to a temporary directory beside it and are moved at the end.
 */
export const download = async (url: string, target: string, options: DownloadOptions): Promise<void> => {
  const scratch = await scratchBeside(target);
  const progress = options.report.progress(options.label);
  try {
    const { response, alive, end } = await begin(url);
    const total = Number(response.headers.get('content-length')) || 0;
    const hash = createHash('sha256');
    let received = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, callback) {
        alive();
        hash.update(chunk);
        received += chunk.length;
        const share = total
          ? ` of ${(total / MEGABYTE).toFixed(1)} MB, ${Math.floor((100 * received) / total)} %`
          : ' MB';
        progress.update(`${(received / MEGABYTE).toFixed(1)}${share}`);
        callback(null, chunk);
      },
    });
    const partial = path.join(scratch, 'partial');
    try {
      const body = Readable.fromWeb(response.body as ReadableStream);
      await pipeline(body, count, createWriteStream(partial));
    } catch (error) {
      throw new DownloadError(`${url} broke off after ${received} of ${total || 'unknown'} bytes`, {
        cause: error,
      });
    } finally {
      end();
    }
    if (total && received !== total) throw new DownloadError(`${url} gave ${received} of ${total} bytes`);
    const actual = hash.digest('hex');
    if (actual !== options.sha256.toLowerCase()) {
      throw new DownloadError(`${url} has the SHA-256 ${actual}; ${options.sha256} was expected`);
    }
    await rename(partial, target);
    progress.done('downloaded');
  } finally {
    progress.done();
    await rm(scratch, { recursive: true, force: true });
  }
};
