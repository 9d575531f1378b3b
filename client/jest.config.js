const nextJest = require('next/jest');

/** Components and logic in a simulated browser, compiled as Next.js compiles them. */
module.exports = nextJest({ dir: __dirname })({
  testEnvironment: 'jsdom',
  roots: ['<rootDir>/src'],
  testMatch: ['**/__test__/**/*.test.{ts,tsx}'],
  moduleNameMapper: { '^@/(.*)$': '<rootDir>/src/$1' },
  setupFilesAfterEnv: ['<rootDir>/src/test/setup.ts'],
  restoreMocks: true,
});
