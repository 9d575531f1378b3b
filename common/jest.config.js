module.exports = require('../jest.config.base')({
  globalSetup: '../infra/embedded/jest/nats-streaming.js',
});
