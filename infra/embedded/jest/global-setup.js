const { existsSync } = require('node:fs');
const path = require('node:path');

/**
 * Jest's globalSetup of every workspace: finds or obtains a mongod once and tells mongodb-memory-server to use
 * it, so that `MongoMemoryServer.create()` works in suites wherever the server came from.
 */
module.exports = async () => {
  if (process.env.MONGOMS_SYSTEM_BINARY) return;
  const { ensureEmbeddedBuilt } = await import('../bin/bootstrap.mjs');
  // The compiler writes its output even where a type does not fit, and this workspace's own suite judges that.
  await ensureEmbeddedBuilt().catch((error) => {
    if (!existsSync(path.join(__dirname, '../dist/servers/mongod.js'))) throw error;
  });
  const { createReporter } = require('../dist/terminal');
  const { mongodb } = require('../dist/servers/mongod');
  const { obtainServer } = require('../dist/servers/obtain');
  const { file } = await obtainServer(mongodb, { report: createReporter(process.stderr) });
  process.env.MONGOMS_SYSTEM_BINARY = file;
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
};
