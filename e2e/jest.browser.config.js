const { projects } = require('./jest.config');

/** Browser journeys: they need Chromium, so `npm test` leaves them to `npm run test:browser`. */
module.exports = {
  ...projects[0],
  testMatch: ['**/browser/*.test.ts'],
  globalSetup: '<rootDir>/src/browser/support/global-setup.ts',
  maxWorkers: 1,
};
