import { ServerClock } from '../server-clock';

const SERVER = 1_900_000_000_000;

/** A computer whose clock is `ahead` of the server's by so many milliseconds. */
const computer = (ahead: number) => {
  let server = SERVER;
  return {
    clock: new ServerClock(() => server + ahead),
    server: () => server,
    passes: (milliseconds: number) => (server += milliseconds),
    local: () => server + ahead,
  };
};

describe('when a computer’s clock is wrong', () => {
  test.each([-3_600_000, 0, 3_600_000])('by %d ms, then the page still shows the server’s time', (ahead) => {
    const { clock, server, passes } = computer(ahead);
    const renderedAt = server();
    passes(40);
    clock.start(renderedAt);
    passes(5_000);
    expect(Math.abs(clock.now() - server())).toBeLessThanOrEqual(40);
  });

  test('then the next response corrects a page that took long to arrive', () => {
    const { clock, server, passes, local } = computer(60_000);
    const renderedAt = server();
    passes(9_000);
    clock.start(renderedAt);
    expect(server() - clock.now()).toBe(9_000);

    const sent = local();
    passes(30);
    clock.observe(Math.floor(server() / 1_000) * 1_000, sent, local());
    expect(Math.abs(clock.now() - server())).toBeLessThanOrEqual(1_000);
  });

  test('then an old page that is shown again does not turn the clock back', () => {
    const { clock, server, passes } = computer(0);
    const renderedAt = server();
    clock.start(renderedAt);
    passes(60_000);
    clock.start(renderedAt);
    expect(clock.now()).toBe(server());
  });

  test('then responses that agree within their precision change nothing', () => {
    const { clock, server, passes, local } = computer(0);
    clock.start(server());
    const changed = jest.fn();
    clock.subscribe(changed);
    for (let response = 0; response < 20; response += 1) {
      const sent = local();
      passes(137);
      clock.observe(Math.floor(server() / 1_000) * 1_000, sent, local());
    }
    expect(changed).not.toHaveBeenCalled();
  });
});
