import { useTestDatabase } from './database';
import { useTestEnvironment } from './environment';

/**
 * Prepares the Jest suite of a service with a database: its environment, a MongoDB database of its own, and
 * mocks without calls before each test. Call it once in the service's set-up file.
 */
export const useServiceSuite = (): void => {
  useTestEnvironment();
  useTestDatabase();
  beforeEach(() => {
    jest.clearAllMocks();
  });
};
