module.exports = require('../../jest.config.base')({ testTimeout: 60_000 });
