import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a directory by filling a scratch one and moving it into place, so that an interrupted build leaves
 * nothing that looks finished.
 */
export const makeDirectory = async (
  target: string,
  fill: (scratch: string) => Promise<void>,
): Promise<void> => {
  await mkdir(path.dirname(target), { recursive: true });
  const scratch = await mkdtemp(path.join(path.dirname(target), '.build-'));
  try {
    await fill(scratch);
    await rm(target, { recursive: true, force: true });
    await rename(scratch, target);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};
