import type { MetadataRoute } from 'next';
import { serverApi } from '@/shared/api/server';
import { siteUrl } from '@/shared/server/site-url';

/** The most that the tickets service lists at once. */
const NEWEST = 100;
const pages = ['/', '/help', '/refunds', '/terms', '/privacy', '/contact'];

/** The shop's public pages, and the newest tickets; without the tickets service, the pages alone. */
const sitemap = async (): Promise<MetadataRoute.Sitemap> => {
  const [base, api] = await Promise.all([siteUrl(), serverApi()]);
  const tickets = await api.tickets({ limit: NEWEST }).then(
    (page) => page.tickets,
    () => [],
  );
  return [...pages, ...tickets.map(({ id }) => `/tickets/${id}`)].map((path) => ({
    url: new URL(path, base).href,
  }));
};

export default sitemap;
