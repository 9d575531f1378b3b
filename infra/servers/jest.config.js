module.exports = require('../../jest.config.base')({
  globalSetup: './jest/mongod.ts',
  restoreMocks: true,
  testTimeout: 60_000,
});
