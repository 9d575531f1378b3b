module.exports = require('../jest.config.base')({
  globalSetup: '../infra/servers/jest/mongod.ts',
  setupFilesAfterEnv: ['./src/test/setup.ts'],
});
