import type { Wanted } from './obtain';
import { goBuild, releaseDownload, type NatsProgram } from './release';

const PROGRAM = 'nats-streaming-server';
const VERSION = '0.25.6';
const MODULE = 'github.com/nats-io/nats-streaming-server';

const wanted: NatsProgram = {
  program: PROGRAM,
  version: VERSION,
  module: MODULE,
  repository: MODULE,
  mirrorVariable: 'NATS_STREAMING_MIRROR',
  // From the release's own list, as the official container images pin them; macOS is read from that list.
  pinned: `
10f25b100a5b9a7389882883259790d599b557a16ddde1accdfcf9361e19b2f9  ${PROGRAM}-v${VERSION}-linux-amd64.tar.gz
caf2839d14c610d9d62afeb9022ee36aa4ff5adc86d0402bb7e1a5d7f5e7d26f  ${PROGRAM}-v${VERSION}-linux-arm64.tar.gz
0264455a2c028e2828d517070bb06837206a70702bfba66656406bc9d750c282  ${PROGRAM}-v${VERSION}-linux-arm7.tar.gz
796d25d9411e42c7f183950ad109b1918e039236960919cb22d57748b329cae0  ${PROGRAM}-v${VERSION}-linux-386.tar.gz
`,
};

export const natsStreaming: Wanted = {
  title: 'NATS Streaming',
  program: PROGRAM,
  variable: 'TICKETING_NATS_STREAMING_SERVER',
  advice: `install ${PROGRAM} ${VERSION}, or Go, which builds it`,
  sources: [releaseDownload(wanted), goBuild(wanted)],
};
