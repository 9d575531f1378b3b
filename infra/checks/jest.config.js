module.exports = require('../../jest.config.base')({ globalSetup: '<rootDir>/src/obtain-kustomize.ts' });
