import { act, renderHook } from '@testing-library/react';
import { ApiError } from '@/shared/api/errors';
import { useSubmit } from '../use-submit';

describe('when a form is submitted', () => {
  test('then a second click in the same moment does nothing', async () => {
    const { result } = renderHook(useSubmit);
    let finish = () => {};
    const action = jest.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    await act(async () => {
      void result.current.submit(action);
      void result.current.submit(action);
    });
    expect(action).toHaveBeenCalledTimes(1);
    expect(result.current.busy).toBe(true);
    await act(async () => finish());
    expect(result.current.busy).toBe(false);
    await act(() => result.current.submit(async () => {}));
    expect(result.current.busy).toBe(false);
  });

  test('then it stays busy while the page is being left', async () => {
    const { result } = renderHook(useSubmit);
    await act(() => result.current.submit(async () => 'leaving'));
    const again = jest.fn();
    await act(() => result.current.submit(again));
    expect(result.current.busy).toBe(true);
    expect(again).not.toHaveBeenCalled();
  });

  test('then the server’s errors are kept until the next attempt', async () => {
    const { result } = renderHook(useSubmit);
    const problems = [{ message: 'Email in use', field: 'email' }];
    await act(() => result.current.submit(() => Promise.reject(new ApiError(400, problems))));
    expect(result.current).toMatchObject({ busy: false, problems });
    await act(() => result.current.submit(async () => {}));
    expect(result.current.problems).toEqual([]);
  });

  test('then it dismisses what the page shows of another one', async () => {
    const { result } = renderHook(() => [useSubmit(), useSubmit()] as const);
    const refusal = () => Promise.reject(new ApiError(400, [{ message: 'No' }]));
    await act(() => result.current[0].submit(refusal));
    await act(() => result.current[1].submit(async () => 'done'));
    expect(result.current.map(({ problems, done }) => ({ problems, done }))).toEqual([
      { problems: [], done: false },
      { problems: [], done: true },
    ]);
    await act(() => result.current[0].submit(refusal));
    expect(result.current[1].done).toBe(false);
  });

  test('then an unknown failure has a readable message', async () => {
    const { result } = renderHook(useSubmit);
    await act(() => result.current.submit(() => Promise.reject(new TypeError('x is undefined'))));
    expect(result.current.problems).toEqual([{ message: expect.stringContaining('went wrong') }]);
  });
});
