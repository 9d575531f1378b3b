const SOMEWHERE = 'http://shop.invalid';

/**
 * Where `?next=` leads: a path of this shop, whatever it says. Browsers read `//host`, `/\host` and a path with
 * tabs in it as other origins, so what they make of it is what is checked.
 */
export const safeNext = (next: unknown, fallback = '/'): string => {
  if (typeof next !== 'string' || !next.startsWith('/')) return fallback;
  try {
    const url = new URL(next, SOMEWHERE);
    const path = url.pathname + url.search + url.hash;
    if (url.origin !== SOMEWHERE || path.startsWith('//')) return fallback;
    return url.pathname.startsWith('/auth/') ? fallback : path;
  } catch {
    return fallback;
  }
};

export const signInPath = (next: string) => `/auth/signin?next=${encodeURIComponent(next)}`;
export const signUpPath = (next: string) => `/auth/signup?next=${encodeURIComponent(next)}`;
