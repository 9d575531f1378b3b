import { parseOptions } from '../options';

describe('when the options are parsed', () => {
  it('then a quick run is the default', () => {
    expect(parseOptions([])).toEqual(parseOptions(['--quick']));
    expect(parseOptions([]).full).toBe(false);
  });
  it('then a full run measures longer', () =>
    expect(parseOptions(['--full']).effort.durationMs).toBeGreaterThan(parseOptions([]).effort.durationMs));
  it('then the length and the number of measurements can be chosen', () =>
    expect(parseOptions(['--seconds', '0.5', '--rounds', '2']).effort).toMatchObject({
      durationMs: 500,
      rounds: 2,
    }));
  it('then a soak can be left out', () => expect(parseOptions(['--soak-minutes', '0']).soakMinutes).toBe(0));
  it('then rows are separated by commas', () =>
    expect(parseOptions(['--only', 'order,payment']).only).toEqual(['order', 'payment']));
  it('then sections are separated by commas', () =>
    expect(parseOptions(['--sections', 'overload,offered load']).sections).toEqual([
      'overload',
      'offered load',
    ]));
  it('then NATS Streaming is the default bus', () =>
    expect([[], ['--bus', 'jetstream'], ['--bus', 'both']].map((args) => parseOptions(args).bus)).toEqual([
      'nats-streaming',
      'jetstream',
      'both',
    ]));
  it.each([
    [['--bus', 'kafka'], /--bus must be one of nats-streaming, jetstream, both, not "kafka"/],
    [['--bus', 'jetstream', '--full'], /either --full or --bus jetstream/],
    [['--bus', 'both', '--sections', 'soak'], /either --sections or --bus both/],
    [['--quick', '--full'], /either/i],
    [['--rounds', '0'], /--rounds must be a positive number/],
    [['--seconds', 'long'], /--seconds must be a positive number/],
    [['--seconds='], /--seconds must be a positive number/],
    [['--fast'], /--fast/],
  ])('then %p is refused', (args, message) => expect(() => parseOptions(args)).toThrow(message));
});
