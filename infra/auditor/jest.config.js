const base = require('../../jest.config.base')({ restoreMocks: true, testTimeout: 60_000 });

module.exports = {
  ...base,
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@ticketing/embedded$': '<rootDir>/../embedded/src/index.ts',
  },
};
