import purgecss from '@fullhuman/postcss-purgecss';

const { OnceExit: purge } = purgecss({ content: ['src/**/*.tsx'] });

/** Leaves out the rules of Bootstrap that the shop does not use. The shop's own rules are all in use. */
const purgeBootstrap = {
  postcssPlugin: 'purge-bootstrap',
  OnceExit: (root, helpers) => root.source.input.file.endsWith('bootstrap.min.css') && purge(root, helpers),
};

// In development all of Bootstrap is there, so that any of it can be tried.
export default { plugins: process.env.NODE_ENV === 'production' ? [purgeBootstrap] : [] };
