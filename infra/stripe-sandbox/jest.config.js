module.exports = require('../../jest.config.base')({ globalSetup: '../servers/jest/stripe-mock.ts' });
