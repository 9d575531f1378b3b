import { confirmAtSandbox } from '../sandbox';

const intent = { id: 'payment-1', clientSecret: 'pi_1_secret_2', amount: 2_000, currency: 'usd' };
const fetched = jest.fn();
const confirm = () =>
  confirmAtSandbox({
    sandbox: '/sandbox',
    method: 'pm_card_visa',
    returnUrl: 'http://shop.example/orders/1/paid',
  })(intent);
const answers = (status: number, body: object) =>
  fetched.mockResolvedValue({ ok: status < 300, status, url: '', json: () => Promise.resolve(body) });

beforeEach(() => {
  jest.resetAllMocks();
  globalThis.fetch = fetched;
  // The simulated browser has none.
  AbortSignal.timeout = () => new AbortController().signal;
});

describe('when a test card is tried', () => {
  test('then the sandbox gets what Stripe.js would send to Stripe', async () => {
    answers(200, { status: 'succeeded', next_action: null });
    await expect(confirm()).resolves.toEqual({ redirect: undefined });
    const [url, { method, body }] = fetched.mock.calls[0] as [
      string,
      { method: string; body: URLSearchParams },
    ];
    expect([method, url]).toEqual(['POST', '/sandbox/v1/payment_intents/pi_1/confirm']);
    expect(Object.fromEntries(body)).toEqual({
      key: 'pk_test_sandbox',
      client_secret: 'pi_1_secret_2',
      payment_method: 'pm_card_visa',
      return_url: 'http://shop.example/orders/1/paid',
    });
  });

  test('then a bank that asks says where', async () => {
    answers(200, { next_action: { redirect_to_url: { url: 'http://shop.example/sandbox/3ds/pi_1' } } });
    await expect(confirm()).resolves.toEqual({ redirect: 'http://shop.example/sandbox/3ds/pi_1' });
  });

  test('then a declined card is one', async () => {
    answers(402, { error: { code: 'card_declined' } });
    await expect(confirm()).resolves.toEqual({ isDeclined: true });
  });

  test('then an intent that is paid already is asked for its outcome', async () => {
    answers(400, { error: { code: 'payment_intent_unexpected_state', message: 'succeeded' } });
    await expect(confirm()).resolves.toEqual({});
  });

  test.each([
    [400, { error: { code: 'resource_missing', message: 'No such card' } }, 400],
    [500, { error: { message: 'The sandbox fails.' } }, 500],
    [502, {}, 502],
  ])('then a %d is a problem', async (status, body, expected) => {
    answers(status, body);
    await expect(confirm()).rejects.toMatchObject({ status: expected });
  });

  test('then a connection that breaks leaves the outcome unknown', async () => {
    fetched.mockRejectedValue(new TypeError('failed'));
    await expect(confirm()).rejects.toMatchObject({ status: 0 });
  });
});
