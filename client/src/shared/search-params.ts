/** The query of a page's address, as Next.js hands it over. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** The value of a parameter; the first, where an address repeats it. */
export const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
