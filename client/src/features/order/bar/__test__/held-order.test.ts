import { anOrder } from '@/test/samples';
import { mostUrgent } from '../held';

const NOW = Date.parse('2030-01-01T10:05:00.000Z');
const at = (minute: string) => `2030-01-01T10:${minute}:00.000Z`;

describe('when a visitor has orders', () => {
  test('then the one to pay first is named, of those whose time is not up', () => {
    const orders = [
      anOrder({ id: 'later', expiresAt: at('20') }),
      anOrder({ id: 'sooner', expiresAt: at('10') }),
      anOrder({ id: 'over', expiresAt: at('04') }),
      anOrder({ id: 'paid', expiresAt: at('06'), status: 'complete' }),
      anOrder({ id: 'cancelled', expiresAt: at('06'), status: 'cancelled' }),
    ];
    expect(mostUrgent(orders, NOW)?.order.id).toBe('sooner');
    expect(mostUrgent(orders.slice(2), NOW)).toBeUndefined();
  });
});
