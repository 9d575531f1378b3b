import { act, renderHook } from '@testing-library/react';
import { ApiError } from '@/shared/api/errors';
import { usePoll } from '../use-poll';

const setHidden = (hidden: boolean) => {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new Event('visibilitychange'));
};
const pass = (milliseconds: number) => act(() => jest.advanceTimersByTimeAsync(milliseconds));
const unreachable = () => new ApiError(0, [{ message: 'unreachable' }]);

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  setHidden(false);
  jest.useRealTimers();
});

describe('when a page polls', () => {
  test('then it loads every five seconds and shows the data', async () => {
    const load = jest.fn().mockResolvedValue('new');
    const { result } = renderHook(() => usePoll({ initial: 'old', load }));
    expect(result.current.data).toBe('old');
    await pass(5_000);
    expect(result.current.data).toBe('new');
    await pass(15_000);
    expect(load).toHaveBeenCalledTimes(4);
  });

  test('then it loads at the interval that its data need', async () => {
    const load = jest.fn().mockResolvedValue('hot');
    const interval = (data: string) => (data === 'hot' ? 1_000 : 3_000);
    renderHook(() => usePoll({ initial: 'cold', load, interval }));
    await pass(2_900);
    expect(load).not.toHaveBeenCalled();
    await pass(100);
    await pass(1_000);
    await pass(1_000);
    expect(load).toHaveBeenCalledTimes(3);
  });

  test('then it loads less often while no one uses it, and at once when someone does', async () => {
    const load = jest.fn().mockResolvedValue('new');
    renderHook(() => usePoll({ initial: 'old', load }));
    await pass(65_000);
    load.mockClear();
    await pass(60_000);
    expect(load.mock.calls.length).toBeLessThanOrEqual(3);
    load.mockClear();
    act(() => void window.dispatchEvent(new Event('pointermove')));
    await pass(0);
    expect(load).toHaveBeenCalledTimes(1);
  });

  test('then a slow response is awaited before the next request', async () => {
    const load = jest.fn(() => new Promise<string>((resolve) => setTimeout(() => resolve('late'), 2_500)));
    const { result } = renderHook(() => usePoll({ initial: 'old', load }));
    await pass(7_400);
    expect(load).toHaveBeenCalledTimes(1);
    await pass(200);
    expect(result.current.data).toBe('late');
  });

  test('then it pauses while the page is hidden, and loads at once when it is visible again', async () => {
    const load = jest.fn().mockResolvedValue('new');
    renderHook(() => usePoll({ initial: 'old', load }));
    act(() => setHidden(true));
    await pass(10_000);
    expect(load).not.toHaveBeenCalled();
    act(() => setHidden(false));
    await pass(0);
    expect(load).toHaveBeenCalledTimes(1);
  });

  test('then a response that arrives while the page is hidden schedules nothing', async () => {
    const load = jest.fn(() => new Promise<string>((resolve) => setTimeout(() => resolve('late'), 500)));
    renderHook(() => usePoll({ initial: 'old', load }));
    await pass(5_100);
    act(() => setHidden(true));
    await pass(10_000);
    expect(load).toHaveBeenCalledTimes(1);
  });

  test('then the second failure in a row reports a lost connection, and it backs off', async () => {
    const load = jest.fn().mockRejectedValue(unreachable());
    const { result } = renderHook(() => usePoll({ initial: 'old', load }));
    await pass(5_000);
    expect(result.current.connection).toBe('live');
    await pass(1_000);
    expect(result.current.connection).toBe('lost');
    expect(result.current.data).toBe('old');
    await pass(58_000);
    expect(load.mock.calls.length).toBeLessThan(14);
  });

  test('then it recovers by itself', async () => {
    const load = jest
      .fn<Promise<string>, []>()
      .mockRejectedValueOnce(unreachable())
      .mockRejectedValueOnce(unreachable())
      .mockResolvedValue('new');
    const { result } = renderHook(() => usePoll({ initial: 'old', load }));
    await pass(6_000);
    expect(result.current.connection).toBe('lost');
    await pass(2_000);
    expect(result.current).toMatchObject({ connection: 'live', data: 'new' });
  });

  test('then going offline reports a lost connection at once, and coming online loads at once', async () => {
    const load = jest.fn().mockResolvedValue('new');
    const { result } = renderHook(() => usePoll({ initial: 'old', load }));
    act(() => void window.dispatchEvent(new Event('offline')));
    expect(result.current.connection).toBe('lost');
    act(() => void window.dispatchEvent(new Event('online')));
    await pass(0);
    expect(result.current.connection).toBe('live');
  });

  test.each([
    [401, 'signed-out'],
    [404, 'gone'],
  ])('then it stops where every later request would fail (%d)', async (status, connection) => {
    const load = jest.fn().mockRejectedValue(new ApiError(status, [{ message: 'refused' }]));
    const { result } = renderHook(() => usePoll({ initial: 'old', load }));
    await pass(20_000);
    expect(load).toHaveBeenCalledTimes(1);
    expect(result.current.connection).toBe(connection);
  });

  test('then it stops when the page is left, and aborts a request in flight', async () => {
    const signals: AbortSignal[] = [];
    const load = jest.fn((signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<string>(() => {});
    });
    const { unmount } = renderHook(() => usePoll({ initial: 'old', load }));
    await pass(5_000);
    unmount();
    await pass(10_000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test('then what the server renders anew replaces the data', () => {
    const load = jest.fn();
    const { result, rerender } = renderHook(({ initial }) => usePoll({ initial, load }), {
      initialProps: { initial: 'old' },
    });
    rerender({ initial: 'rendered anew' });
    expect(result.current.data).toBe('rendered anew');
  });

  test('then it requests nothing once nothing can change', async () => {
    const load = jest.fn();
    renderHook(() => usePoll({ initial: 'final', load, isFinal: (data) => data === 'final' }));
    await pass(20_000);
    expect(load).not.toHaveBeenCalled();
  });
});
