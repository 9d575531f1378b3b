import 'server-only';
import { headers } from 'next/headers';

/** The shop's own address, as this request's visitor reached it: what links that leave the shop begin with. */
export const siteUrl = async (): Promise<URL> => {
  const incoming = await headers();
  const host = incoming.get('x-forwarded-host') ?? incoming.get('host') ?? 'localhost';
  const protocol = incoming.get('x-forwarded-proto')?.split(',')[0]?.trim() ?? 'http';
  return new URL(`${protocol}://${host}`);
};
