export { removeTarget as default } from './shared-system';
