/** The ingress routes here what no service claims: an unknown API route gets JSON, not a page. */
const notFound = () => Response.json({ errors: [{ message: 'Not found' }] }, { status: 404 });

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
