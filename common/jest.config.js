module.exports = require('../jest.config.base')({
  setupFiles: ['./src/__test__/support/environment.ts'],
  globalSetup: '../infra/servers/jest/nats.ts',
});
