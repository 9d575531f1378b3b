/** The ingress gives the shop what no service claims: programs that ask for an unknown route get no page. */
const notFound = () => Response.json({ errors: [{ message: 'Not found' }] }, { status: 404 });

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
