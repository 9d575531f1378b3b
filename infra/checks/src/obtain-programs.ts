import { createReporter, natsServer, obtainServer } from '../../servers/src';
import { kustomize } from './kustomize';

/** What the suites run is obtained before they start, because building it exceeds the timeout of a test. */
export default async (): Promise<void> => {
  kustomize();
  process.env.NATS_SERVER_BINARY ??= (
    await obtainServer(natsServer, { report: createReporter(process.stderr) })
  ).file;
};
