const base = require('../jest.config.base')({
  // Each file of the system suite starts the whole system; two at a time would race for the machine.
  maxWorkers: 1,
  testTimeout: 120_000,
});

module.exports = {
  ...base,
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@ticketing/embedded$': '<rootDir>/../infra/embedded/src/index.ts',
  },
};
