import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * A directory beside `target` to work in. Those that interrupted runs have left for the same target are removed:
 * only one process obtains a server at a time.
 */
export const scratchBeside = async (target: string): Promise<string> => {
  const [parent, prefix] = [path.dirname(target), `.${path.basename(target)}-`];
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
  return mkdtemp(path.join(parent, prefix));
};

/**
 * Makes a directory by filling a scratch one and moving it into place, so that an interrupted build leaves
 * nothing that looks finished.
 */
export const makeDirectory = async (
  target: string,
  fill: (scratch: string) => Promise<void>,
): Promise<void> => {
  const scratch = await scratchBeside(target);
  try {
    await fill(scratch);
    await rm(target, { recursive: true, force: true });
    await rename(scratch, target);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};
