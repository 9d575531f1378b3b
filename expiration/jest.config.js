module.exports = require('../jest.config.base')({
  globalSetup: '../infra/servers/jest/redis.ts',
  setupFilesAfterEnv: ['./src/test/setup.ts'],
});
