const { BASE_URL, ORDERS_MONGO_URI } = process.env;

const base = require('../jest.config.base')({
  rootDir: __dirname,
  setupFilesAfterEnv: ['<rootDir>/src/support/jest-timeout.ts'],
});
const config = {
  ...base,
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@ticketing/embedded$': '<rootDir>/../infra/embedded/src/index.ts',
  },
};

/** Suites that share one system; in one that BASE_URL names, races need its databases, too. */
const shared = {
  ...config,
  displayName: 'e2e',
  testMatch: ['**/system/*.test.ts'],
  testPathIgnorePatterns: BASE_URL && !ORDERS_MONGO_URI ? ['contention', 'update-storm'] : [],
  globalSetup: '<rootDir>/src/support/global-setup.ts',
  globalTeardown: '<rootDir>/src/support/global-teardown.ts',
};

/** Suites that kill, cut off or reconfigure a system of their own. */
const faults = {
  ...config,
  displayName: 'e2e',
  testMatch: [...(BASE_URL ? [] : ['**/faults/*.test.ts']), '**/docs/**/*.test.ts'],
};

module.exports = { projects: [shared, faults], maxWorkers: 2 };
