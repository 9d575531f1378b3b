const [ATTEMPTS, PAUSE_MS] = [10, 200];

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Reads again for a moment, about two seconds, until what one service has told the others is there.
 *
 * @returns what was read last
 */
export const shortly = async <State>(
  read: () => Promise<State>,
  isThere: (state: State) => boolean,
): Promise<State> => {
  let state = await read();
  for (let attempt = 1; attempt < ATTEMPTS && !isThere(state); attempt += 1) {
    await sleep(PAUSE_MS);
    state = await read();
  }
  return state;
};
