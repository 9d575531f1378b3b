const databases = require('./global-setup');

/**
 * Jest's globalSetup of a workspace whose suites also talk to a real NATS Streaming: the databases' set-up, and
 * the path of a server in `NATS_STREAMING_BINARY`. Each suite starts a server of its own from it.
 */
module.exports = async () => {
  await databases();
  if (process.env.NATS_STREAMING_BINARY) return;
  const { ensureEmbeddedBuilt } = await import('../bin/bootstrap.mjs');
  await ensureEmbeddedBuilt();
  const { createReporter } = require('../dist/terminal');
  const { natsStreaming } = require('../dist/servers/nats');
  const { obtainServer } = require('../dist/servers/obtain');
  const { file } = await obtainServer(natsStreaming, { report: createReporter(process.stderr) });
  process.env.NATS_STREAMING_BINARY = file;
};
