import { SERVICES } from '@ticketing/embedded';
import { HOST } from '../child';
import { ROLES, type Contender, type Role } from './contender';
import { throughApi } from './through-api';
import type { World } from './world';

/** The marketplace's own services, which the world has started. */
export const ours = ({ system, driver, database }: World): Contender => {
  const originOf = (role: Role): string => `http://${HOST}:${system.ports[role]}`;
  const origins = Object.fromEntries(ROLES.map((role) => [role, originOf(role)])) as Record<Role, string>;
  return {
    name: 'ours',
    origins,
    pids: () => SERVICES.map((name) => system.services[name].pid).filter((pid) => pid !== undefined),
    database,
    ...throughApi(driver, origins, database),
    // Its runner restarts a service by itself.
    revive: () => system.waitReady(),
    stop: () => Promise.resolve(),
  };
};
