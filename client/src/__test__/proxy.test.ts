/** @jest-environment node */
import { NextRequest } from 'next/server';
import { getConfig, type Config } from '@/shared/server/config';
import { proxy } from '../proxy';

jest.mock('@/shared/server/config', () => ({ getConfig: jest.fn() }));

const visit = (proto: string, isSecure: boolean) => {
  jest.mocked(getConfig).mockReturnValue({ isSecure } as Config);
  const headers = { host: 'shop.example.com', 'x-forwarded-proto': proto };
  return proxy(new NextRequest('http://shop.example.com/orders?page=2', { headers }));
};

describe('when visitors always come over TLS', () => {
  test('then who comes without is sent to the same page with it', () => {
    const { status, headers } = visit('http', true);
    expect([status, headers.get('location')]).toEqual([308, 'https://shop.example.com/orders?page=2']);
  });

  test('then browsers are told to come over TLS only', () => {
    const { status, headers } = visit('https', true);
    expect(status).toBe(200);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  });
});

describe('when they may come without', () => {
  test.each(['http', 'https'])('then a page by %s is answered, and nothing is said of TLS', (proto) => {
    const { status, headers } = visit(proto, false);
    expect([status, headers.get('strict-transport-security')]).toEqual([200, null]);
  });
});
