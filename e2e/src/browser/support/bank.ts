/** What happens at Stripe and at banks, on demand: the sandbox's routes under /control. */
export const control = async <Answer = void>(
  sandboxUrl: string,
  method: 'PUT' | 'POST',
  path: string,
  body: object = {},
): Promise<Answer> => {
  const answer = await fetch(`${sandboxUrl}/control${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
  return (text ? JSON.parse(text) : undefined) as Answer;
};
