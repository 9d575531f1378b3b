const { existsSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const path = require('node:path');
const { workspaces } = require('./package.json');

/** A workspace's projects: those of its configuration, or itself. */
const projectsOf = (folder) => {
  const file = path.join(__dirname, folder, 'jest.config.js');
  return existsSync(file) ? (require(file).projects ?? [path.dirname(file)]) : [];
};

/** The suites of all workspaces in one run; see scripts/test.mjs. */
module.exports = {
  projects: workspaces.flatMap(projectsOf),
  testSequencer: './scripts/test-sequencer.js',
  // The suites often wait, so two side by side use two cores better than one.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // Of several projects in one run, Jest ignores each one's own.
  testTimeout: 60_000,
  cacheDirectory: './node_modules/.cache/jest',
};
