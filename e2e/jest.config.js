const base = require('../jest.config.base')({
  // Each file of the system suite starts the whole system; two at a time would race for the machine.
  maxWorkers: 1,
  testTimeout: 120_000,
});

const { BASE_URL, ORDERS_MONGO_URI } = process.env;

// A system that runs somewhere can be used, and raced for where its databases can be read, but not killed, cut
// off or given another clock.
const races = ORDERS_MONGO_URI ? ['**/system/{contention,update-storm}.test.ts'] : [];
const system = BASE_URL ? ['**/system/{journeys,errors}.test.ts', ...races] : ['**/system/*.test.ts'];

module.exports = {
  ...base,
  // Browser journeys need Chromium: npm run test:browser.
  testMatch: [...system, '**/docs/**/*.test.ts'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@ticketing/embedded$': '<rootDir>/../infra/embedded/src/index.ts',
  },
};
