import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** How long a host may send nothing, at the beginning and later. */
const STALL_MS = 15_000;
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

/**
 * Downloads a file.
 * @param update is called with how far it has come
 * @throws Error when it cannot be had, breaks off, stalls, or has another SHA-256; `target` may be incomplete then
 */
export const download = async (
  url: string,
  target: string,
  sha256: string,
  update: (text: string) => void,
): Promise<void> => {
  const abort = new AbortController();
  const stalled = () => abort.abort(new Error(`nothing received for ${STALL_MS / 1000} s`));
  const timer = setTimeout(stalled, STALL_MS);
  const hash = createHash('sha256');
  let received = 0;
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`the answer is ${response.status}`);
    const total = Number(response.headers.get('content-length'));
    const count = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        timer.refresh();
        hash.update(chunk);
        received += chunk.length;
        const share = total ? ` of ${megabytes(total)} MB, ${Math.floor((100 * received) / total)} %` : ' MB';
        update(`${megabytes(received)}${share}`);
        yield chunk;
      }
    };
    await pipeline(response.body, count, createWriteStream(target));
  } catch (error) {
    const after = received ? ` after ${received} bytes` : '';
    throw new Error(`${url} could not be downloaded${after}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
  const actual = hash.digest('hex');
  if (actual !== sha256) throw new Error(`${url} has the SHA-256 ${actual}; ${sha256} was expected`);
};
