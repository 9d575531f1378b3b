const base = require('../jest.config.base')({
  // Each file of the system suite starts the whole system; two at a time would race for the machine.
  maxWorkers: 1,
  testTimeout: 120_000,
});

module.exports = {
  ...base,
  // A system that runs somewhere can be used, but not killed, cut off or given another clock.
  testMatch: process.env.BASE_URL
    ? ['**/system/{journeys,errors}.test.ts', '**/browser/*.test.ts', '**/docs/**/*.test.ts']
    : base.testMatch,
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@ticketing/embedded$': '<rootDir>/../infra/embedded/src/index.ts',
  },
};
