module.exports = require('../../jest.config.base')({ globalSetup: '<rootDir>/src/obtain-programs.ts' });
