/** The cursor in a `Link: <…?cursor=…>; rel="next"` header. */
export const nextCursor = (link: string | null): string | undefined => {
  for (const [, url = '', parameters = ''] of (link ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel="?next"?/i.test(parameters))
      return new URL(url, 'http://relative').searchParams.get('cursor') ?? undefined;
  }
};
