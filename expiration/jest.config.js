module.exports = require('../jest.config.base')({
  globalSetup: '../infra/embedded/jest/redis.js',
  globalTeardown: '../infra/embedded/jest/redis-teardown.js',
  setupFilesAfterEnv: ['./src/test/setup.ts'],
});
