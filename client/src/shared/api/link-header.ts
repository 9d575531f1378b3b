/** The cursor in a `Link: <…?cursor=…>; rel="next"` header. */
export const nextCursor = (link: string | undefined): string | undefined => {
  for (const [, url, parameters] of (link ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (!/;\s*rel="?next"?/i.test(parameters)) continue;
    return new URL(url, 'http://relative').searchParams.get('cursor') ?? undefined;
  }
  return undefined;
};
