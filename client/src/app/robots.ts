import type { MetadataRoute } from 'next';
import { siteUrl } from '@/shared/server/site-url';

/** Everyone may read what is public; pages of one's own have nothing for a search engine. */
const robots = async (): Promise<MetadataRoute.Robots> => ({
  rules: {
    userAgent: '*',
    allow: '/',
    disallow: ['/api/', '/auth/', '/account', '/orders', '/payouts', '/tickets/mine'],
  },
  sitemap: new URL('/sitemap.xml', await siteUrl()).href,
});

export default robots;
