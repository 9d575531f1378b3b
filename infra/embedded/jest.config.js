module.exports = require('../../jest.config.base')({ restoreMocks: true, testTimeout: 60_000 });
