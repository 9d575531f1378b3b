import type { MetadataRoute } from 'next';

const manifest = (): MetadataRoute.Manifest => ({
  name: 'Ticketing',
  short_name: 'Ticketing',
  description: 'Tickets to concerts and matches, from fans, for fans.',
  start_url: '/',
  display: 'standalone',
  background_color: '#fbf9f6',
  theme_color: '#5536e2',
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
});

export default manifest;
