module.exports = require('../jest.config.base')({
  globalSetup: '../infra/embedded/jest/global-setup.js',
  setupFilesAfterEnv: ['./src/test/setup.ts'],
});
