import { provideTarget } from './shared-system';

export default () => provideTarget();
