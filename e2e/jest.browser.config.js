/** Browser journeys: they need Chromium, so `npm test` leaves them to `npm run test:browser`. */
const { testPathIgnorePatterns: _browser, ...base } = require('./jest.config');

module.exports = { ...base, roots: ['<rootDir>/src/browser'] };
