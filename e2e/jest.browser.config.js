const { projects } = require('./jest.config');

/** Browser journeys: they need Chromium, so `npm test` leaves them to `npm run test:browser`. */
module.exports = {
  ...projects[0],
  testMatch: ['**/browser/*.test.ts'],
  // A system that BASE_URL names is not broken.
  testPathIgnorePatterns: process.env.BASE_URL ? ['outages'] : [],
  globalSetup: '<rootDir>/src/browser/support/global-setup.ts',
  maxWorkers: 1,
};
