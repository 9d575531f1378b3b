module.exports = require('../jest.config.base')({
  globalSetup: '../infra/servers/jest/nats-streaming.ts',
});
