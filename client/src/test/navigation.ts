/** The router as the components see it. */
export const router = { push: jest.fn(), replace: jest.fn(), refresh: jest.fn() };

export const navigation = { useRouter: () => router, usePathname: () => '/' };
