import { uncovered } from '../coverage';
import type { Keys } from '../queries';

const index: Keys = { userId: 1, createdAt: -1, _id: -1 };
const newest: Keys = { createdAt: -1, _id: -1 };

describe('when a query is compared with its index', () => {
  it.each<[string, { index: Keys; sort?: Keys; residual?: string[] }, object]>([
    ['an equality on its first field', { index }, { userId: 'u' }],
    ['an equality with the sort after it', { index, sort: newest }, { userId: { $in: ['u', 'v'] } }],
    ['the sort against its direction', { index, sort: { createdAt: 1, _id: 1 } }, { userId: null }],
    ['a range in the sort', { index, sort: newest }, { userId: 'u', createdAt: { $lt: new Date() } }],
    ['a range after the equality', { index }, { $and: [{ userId: 'u' }, { createdAt: { $gte: 1 } }] }],
    ['the beginning of a text', { index: { title: 1 } }, { title: /^con/ }],
    ['alternatives among its fields', { index }, { userId: 'u', $or: [{ createdAt: 1 }, { _id: 2 }] }],
    ['a field that is declared as residual', { index, residual: ['words'] }, { userId: 'u', words: /^a/ }],
  ])('then it answers %s', (_name, query, filter) => {
    expect(uncovered(query, filter, false)).toBeUndefined();
  });

  it.each<[string, { index: Keys; sort?: Keys }, object, string]>([
    ['a field that it lacks', { index }, { userId: 'u', price: 1 }, 'lacks price'],
    ['an equality on a later field', { index }, { createdAt: 1 }, 'does not begin with createdAt'],
    ['a range before the sort', { index, sort: { _id: -1 } }, { userId: 'u', createdAt: { $lt: 1 } }, 'sort'],
    ['a sort without the equality before it', { index, sort: newest }, {}, 'sort'],
    ['a sort in mixed directions', { index, sort: { createdAt: -1, _id: 1 } }, { userId: 'u' }, 'sort'],
    ['a range that skips a field', { index }, { userId: 'u', _id: { $lt: 1 } }, 'does not continue with _id'],
    ['no condition', { index }, {}, 'bounds no field'],
    ['the middle of a text', { index: { title: 1 } }, { title: /con/ }, 'bounds no field'],
    ['a negation', { index }, { userId: { $ne: 'u' } }, 'bounds no field'],
  ])('then it does not answer %s', (_name, query, filter, problem) => {
    expect(uncovered(query, filter, false)).toContain(problem);
  });

  it('then a unique one answers whatever else is asked of its one document', () => {
    const query = { index: { _id: 1 } as const, sort: { price: 1 } as const };
    expect(uncovered(query, { _id: 1, outbox: { $size: 0 } }, true)).toBeUndefined();
    expect(uncovered(query, { _id: { $gt: 1 }, price: 2 }, true)).toContain('lacks price');
  });
});
