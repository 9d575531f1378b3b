import { createReporter, obtainServer, ServerNotFoundError, stripeMock } from '../src';
import { startServer } from './start-server';

/**
 * Jest's globalSetup of a workspace that compares with Stripe's API as stripe-mock has it: starts one for the run, at
 * `STRIPE_MOCK_URL`. Where it cannot be had, a line says so and the variable is not set; in CI the run fails.
 */
const useStripeMock = async (): Promise<void> => {
  if (process.env.STRIPE_MOCK_URL) return;
  const report = createReporter(process.stderr);
  try {
    const { file } = await obtainServer(stripeMock, { report });
    // Any free ports: it listens for HTTPS as well.
    const { line } = await startServer(
      file,
      ['-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0'],
      (text) => text.includes('Listening for HTTP at'),
    );
    process.env.STRIPE_MOCK_URL = `http://${/127\.0\.0\.1:\d+/.exec(line)?.[0]}`;
  } catch (error) {
    if (!(error instanceof ServerNotFoundError) || process.env.CI) throw error;
    report.warn(`Nothing is compared with stripe-mock: ${error.message}`);
  }
};

export default useStripeMock;
