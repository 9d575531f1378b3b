import { provideTarget } from '../../support/shared-system';

export default () => provideTarget({ client: true });
