module.exports = require('../../jest.config.base')({ globalSetup: './jest/mongod.ts', testTimeout: 60_000 });
