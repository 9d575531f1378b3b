import { lineFormatter } from '../log-format';

const plain = lineFormatter('orders', 0, { write: () => true });
const time = new Date(2030, 0, 2, 13, 4, 5);

const line = (fields: object) =>
  plain(JSON.stringify({ level: 'info', time: time.toISOString(), ...fields }));

describe('when a service logs', () => {
  test('then a person reads time, level, service, message and the rest', () => {
    expect(line({ msg: 'order created', orderId: 'a1', price: 12.5, pid: 7 })).toBe(
      '13:04:05 INFO  [orders] order created orderId=a1 price=12.5',
    );
  });

  test('then numbers of levels are read as well', () => {
    expect(line({ level: 40, msg: 'slow' })).toContain('WARN  [orders] slow');
  });

  test('then nested fields are flattened and words with blanks are quoted', () => {
    expect(line({ msg: 'request', req: { method: 'GET', path: '/a b' } })).toContain(
      'req.method=GET req.path="/a b"',
    );
  });

  test('then an error brings its stack', () => {
    const err = { message: 'no', stack: 'Error: no\n    at here' };
    expect(line({ level: 'error', msg: 'failed', err })).toMatch(
      /ERROR \[orders\] failed err\.message=no\nError: no\n {4}at here$/,
    );
  });

  test('then a line that is not JSON is passed on', () => {
    expect(plain('Segmentation fault')).toMatch(/\[orders\] Segmentation fault$/);
    expect(plain('{broken')).toMatch(/\[orders\] \{broken$/);
  });

  test('then colours are for terminals only', () => {
    const coloured = lineFormatter('orders', 0, { isTTY: true, write: () => true });
    expect(coloured('{"level":"info","msg":"x"}')).toContain('\u001b[');
    expect(plain('{"level":"info","msg":"x"}')).not.toContain('\u001b[');
  });
});
