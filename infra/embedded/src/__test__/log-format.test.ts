import { lineFormatter } from '../log-format';

const format = lineFormatter('orders', 0, { write: () => true });
const formatFields = (fields: object) =>
  format(
    JSON.stringify({ level: 'info', time: new Date(2030, 0, 2, 13, 4, 5), service: 'orders', ...fields }),
  );

describe('when a service logs', () => {
  test('then its line shows service, time, level, message and the other fields', () => {
    expect(formatFields({ msg: 'order created', orderId: 'a1', pid: 7, req: { path: '/' } })).toBe(
      'orders         | [13:04:05] INFO: order created {"orderId":"a1","req":{"path":"/"}}',
    );
    expect(formatFields({ level: 40, msg: 'slow' })).toContain('WARN: slow');
  });

  test('then an error brings its stack', () => {
    const err = { message: 'no', stack: 'Error: no\n    at here' };
    expect(formatFields({ level: 'error', msg: 'failed', err })).toMatch(
      /ERROR: failed[^]*Error: no\n +at here/,
    );
  });

  test.each(['Segmentation fault', '{broken'])('then a line that is not JSON is passed on: %s', (line) => {
    expect(format(line)).toBe(`orders         | ${line}`);
  });

  test('then colours are for terminals only', () => {
    const coloured = lineFormatter('orders', 0, { isTTY: true, write: () => true });
    expect(coloured('{"level":"info","msg":"x"}')).toContain('\u001b[');
    expect(format('{"level":"info","msg":"x"}')).not.toContain('\u001b[');
  });
});
