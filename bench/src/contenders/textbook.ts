import type { Contender } from './contender';
import { startProcesses } from './processes';
import { throughApi } from './through-api';
import type { World } from './world';

/** The services of the usual tutorial, on the same servers. */
export const startTextbook = async (world: World): Promise<Contender> => {
  const processes = await startProcesses('textbook', (role) => `textbook/${role}/index`, world);
  return Object.assign(processes, throughApi(world.driver, processes.origins, processes.database));
};
