export { readConfig } from '../shared/server/config';
