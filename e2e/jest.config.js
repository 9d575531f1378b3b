const { BASE_URL, ORDERS_MONGO_URI, SANDBOX_URL } = process.env;

/** Suites that a system which BASE_URL names cannot have without its databases, or without the Stripe sandbox. */
const impossible = !BASE_URL
  ? []
  : [
      ...(ORDERS_MONGO_URI ? [] : ['contention', 'update-storm']),
      ...(SANDBOX_URL ? [] : ['paying-by-intent']),
    ];

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

/** Suites that share one system. */
const shared = {
  ...config,
  displayName: 'e2e',
  testMatch: ['**/system/*.test.ts'],
  testPathIgnorePatterns: impossible,
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
