/** Ends what `redis.js` has started. */
module.exports = async () => {
  globalThis.__redis__?.kill('SIGKILL');
};
