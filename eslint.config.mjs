import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const services = ['auth', 'tickets', 'orders', 'payments', 'expiration'];

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
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `(^|/)(${services.join('|')})/(src|dist)(/|$)|^(${services.join('|')})$`,
              message: 'A service imports @ticketing/common, never another service.',
            },
            {
              regex: '^@ticketing/(?!common(/testing)?$)',
              message: 'A service imports @ticketing/common and nothing else of this repository.',
            },
          ],
        },
      ],
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
