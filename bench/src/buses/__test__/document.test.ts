import type { BusLine, BusReport } from '../compare';
import { busesDocument } from '../document';

const line = (changed: Partial<BusLine>): BusLine => ({
  name: 'ticket created',
  unit: 'requests/s',
  lowerIsBetter: false,
  values: { 'nats-streaming': 200, jetstream: 100 },
  cpuMs: { 'nats-streaming': 2, jetstream: 3 },
  samples: {},
  notes: [],
  ...changed,
});
const documentOf = (...rows: BusLine[]): string =>
  busesDocument({
    rows,
    versions: { 'nats-streaming': '0.25.6', jetstream: '2.15.1' },
    syncMs: 0.5,
    machine: { cores: 2, cpu: 'a cpu', memoryGiB: 4, platform: 'linux', node: 'v20', load: 1.5 },
    server: { mongod: 'real', version: '8.0' },
    effort: { rounds: 3, durationMs: 2_000, requests: 300, connections: 32 },
    date: '2026-01-02T03:04:05.000Z',
    seconds: 9,
  } satisfies BusReport);

describe('when both buses were measured', () => {
  it('then more requests a second are in favour of JetStream', () =>
    expect(documentOf(line({}))).toMatch(/\| ticket created \| +0.50× \| +200 \| +100 \| requests\/s/));
  it('then less time is', () =>
    expect(documentOf(line({ lowerIsBetter: true, unit: 'ms' }))).toMatch(
      /\| +2.00× \| +200 \| +100 \| ms \(lower is better\)/,
    ));
  it('then the processor time of both is shown', () =>
    expect(documentOf(line({}))).toMatch(/\| ticket created +\| +2.00 \| +3.00 \| ms/));
  it('then what failed has no ratio, and its reason', () => {
    const text = documentOf(
      line({ values: { 'nats-streaming': 200 }, notes: ['order, jetstream: failed: why'] }),
    );
    expect(text).toMatch(/\| +– \| +200 \| +– \|/);
    expect(text).toContain('- order, jetstream: failed: why');
  });
  it('then it says on which servers and which disk, and beside what', () =>
    expect(documentOf()).toMatch(/0\.25\.6.*2\.15\.1.*4 kB.*0\.50 ms.*a load of 1\.50/s));
});
