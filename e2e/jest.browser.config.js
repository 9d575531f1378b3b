const { projects } = require('./jest.config');

/** Browser journeys: they need Chromium, so `npm test` leaves them to `npm run test:browser`. */
module.exports = { ...projects[1], testMatch: ['**/browser/*.test.ts'], maxWorkers: 1 };
