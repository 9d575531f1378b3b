const base = require('../jest.config.base')({
  // Each file of the system suite starts the whole system; two at a time would race for the machine.
  maxWorkers: 1,
  testTimeout: 120_000,
});

module.exports = {
  ...base,
  // Browser journeys need Chromium: npm run test:browser.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/src/browser/'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@ticketing/embedded$': '<rootDir>/../infra/embedded/src/index.ts',
  },
};
