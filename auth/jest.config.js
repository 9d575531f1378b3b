module.exports = require('../jest.config.base')({
  globalSetup: '../infra/servers/jest/mongod-and-redis.ts',
  setupFilesAfterEnv: ['./src/test/setup.ts'],
});
