const { default: Sequencer } = require('@jest/test-sequencer');

const startsSystem = ({ path }) => /[\\/]e2e[\\/]src[\\/](system|faults)[\\/]/.test(path);

/**
 * The longest files first, so that none of them is left alone at the end. Jest knows their durations from an earlier
 * run; on a fresh clone it does not, and those that start a system take a minute where the others take seconds.
 */
module.exports = class extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return [...sorted.filter(startsSystem), ...sorted.filter((test) => !startsSystem(test))];
  }
};
