import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const services = ['auth', 'tickets', 'orders', 'payments', 'expiration'];

/** Folders whose rules know the types. */
const typeAware = [
  'common',
  ...services,
  'client',
  'infra/embedded',
  'infra/servers',
  'infra/stripe-sandbox',
  'infra/checks',
  'infra/auditor',
  'bench',
  'e2e',
];
/** What a service's code may import from the other services: nothing; and of this repository: common. */
const foreign = [
  {
    regex: `(^|/)(${services.join('|')})/(src|dist)(/|$)|^(${services.join('|')})$`,
    message: 'A service imports @ticketing/common, never another service.',
  },
  {
    regex: '^@ticketing/(?!common(/testing)?$)',
    message: 'A service imports @ticketing/common and nothing else of this repository.',
  },
];

/** Routes, listeners and workers call commands and queries; these call models; nothing imports upward. */
const layer = (folder, above) => ({
  files: services.map((service) => `${service}/src/${folder}/**/*.ts`),
  ignores: ['**/__test__/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...foreign,
          {
            regex: `^[./]+/(${above.join('|')})(/|$)`,
            message: `${folder} imports nothing that is above it.`,
          },
        ],
      },
    ],
  },
});

/** The client: app imports features, features import shared; tickets are shown by the catalogue and in orders. */
const clientLayer = (folder, above) => ({
  files: [`client/src/${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(@|\\.\\.?)(/.*)?/(${above.join('|')})(/|$)`,
            message: `${folder} imports nothing that is above or beside it.`,
          },
          {
            regex: '^@ticketing/(?!common/(api|limits|stripe-keys)$)',
            message:
              'The client imports the API’s types, limits and the check of Stripe’s keys, and nothing else of this repository.',
          },
        ],
      },
    ],
  },
});

const typed = typeAware.flatMap((folder) => [`${folder}/**/*.ts`, `${folder}/**/*.tsx`]);

export default tseslint.config(
  { ignores: ['**/dist/', '**/.next/', '**/coverage/', '.data/', '.cache/', '**/next-env.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  prettier,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // A service knows the others by their HTTP and event contracts only.
    files: services.map((service) => `${service}/src/**/*.ts`),
    rules: {
      'no-restricted-imports': ['error', { patterns: foreign }],
    },
  },
  layer('models', ['commands', 'queries', 'routes', 'events', 'workers', 'nats-wrapper', 'stripe', 'app']),
  layer('commands', ['routes', 'events/listeners', 'workers', 'app']),
  layer('queries', ['commands', 'routes', 'events', 'workers', 'nats-wrapper', 'app']),
  layer('events/publishers', ['models', 'commands', 'queries', 'routes', 'workers', 'nats-wrapper', 'app']),
  layer('routes', ['events', 'workers', 'nats-wrapper', 'app']),
  layer('events/listeners', ['routes', 'workers', 'nats-wrapper', 'app']),
  layer('workers', ['routes', 'events', 'nats-wrapper', 'app']),
  clientLayer('shared', ['app', 'features']),
  clientLayer('features/account', ['app', 'catalogue', 'order', 'ticket']),
  clientLayer('features/ticket', ['app', 'account', 'catalogue', 'order']),
  clientLayer('features/catalogue', ['app', 'account', 'order']),
  clientLayer('features/order', ['app', 'account', 'catalogue']),
  {
    files: [...typed],
    extends: [...tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
    },
  },
  {
    files: [...typed],
    ignores: ['**/__test__/**', '**/test/**', '**/*.test.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'error' },
  },
  {
    // What HTTP answers and mocks return is not typed; a test's assertions are the check.
    files: ['**/__test__/**/*.{ts,tsx}', '**/*.test.{ts,tsx}', '**/test/**/*.ts', '**/__mocks__/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // Programs that a person runs in a terminal speak to it.
    files: ['**/bin/**', 'scripts/**', '**/*.mjs'],
    rules: { 'no-console': 'off' },
  },
);
