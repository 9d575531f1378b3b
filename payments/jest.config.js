module.exports = require('../jest.config.base')({
  globalSetup: '../infra/servers/jest/mongod-and-stripe-mock.ts',
  setupFilesAfterEnv: ['./src/test/setup.ts'],
});
