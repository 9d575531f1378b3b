/**
 * Jest for one workspace. Tests run on the TypeScript sources, `@ticketing/common` included, so that no
 * suite needs a build; types are checked by `npm run typecheck`, not once more by every test.
 *
 * @param {import('jest').Config} [overrides]
 * @returns {import('jest').Config}
 */
module.exports = (overrides = {}) => ({
  testEnvironment: 'node',
  roots: ['<rootDir>/src'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: { ignoreCodes: [151002] } }] },
  moduleNameMapper: {
    '^@ticketing/common$': `${__dirname}/common/src/index.ts`,
    '^@ticketing/auditor$': `${__dirname}/infra/auditor/src/index.ts`,
    '^@ticketing/servers$': `${__dirname}/infra/servers/src/index.ts`,
    '^@ticketing/common/(api|testing)$': `${__dirname}/common/src/$1`,
    '^@ticketing/common/(limits|stripe-keys)$': `${__dirname}/common/src/domain/$1`,
  },
  testTimeout: 20_000,
  // Jest's own place, the system's temporary directory, is emptied now and then.
  cacheDirectory: `${__dirname}/node_modules/.cache/jest`,
  ...overrides,
});
