module.exports = require('../jest.config.base')({
  globalSetup: '../infra/embedded/jest/global-setup.js',
});
