module.exports = require('../../jest.config.base')({
  globalSetup: './jest/global-setup.js',
  testTimeout: 60_000,
});
