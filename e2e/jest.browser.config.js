/** Browser journeys: they need Chromium, so `npm test` leaves them to `npm run test:browser`. */
module.exports = { ...require('./jest.config'), testMatch: ['**/browser/*.test.ts'] };
