import { useTestEnvironment } from '../../testing/environment';

useTestEnvironment();
