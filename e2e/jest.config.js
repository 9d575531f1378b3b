module.exports = require('../jest.config.base')({
  // Each file of the system suite starts the whole system; two at a time would race for the machine.
  maxWorkers: 1,
  testTimeout: 120_000,
});
