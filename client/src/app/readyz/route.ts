export const dynamic = 'force-dynamic';

/** The shop keeps no state and holds no connection: once it answers, it is ready. */
export const GET = () => new Response('ok');
