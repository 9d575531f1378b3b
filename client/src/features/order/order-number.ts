/** An order's number as it is read aloud or written down: the end of its id, which differs from order to order. */
export const orderNumber = (id: string): string =>
  id
    .slice(-8)
    .toUpperCase()
    .replace(/^(.{4})(.+)$/, '$1-$2');
