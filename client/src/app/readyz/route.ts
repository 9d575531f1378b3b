export const dynamic = 'force-dynamic';

/** The shop has no state and no connections: once it responds, it is ready. */
export const GET = () => new Response('ok');
