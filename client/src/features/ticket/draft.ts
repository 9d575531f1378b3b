import { one, type SearchParams } from '@/shared/search-params';

/** What a seller has typed, before it is valid or saved. */
export interface Draft {
  title: string;
  price: string;
}

/** A form's address with what was typed, so that a seller who has to sign in on the way finds it there again. */
export const draftPath = (path: string, { title, price }: Draft): string =>
  `${path}?${new URLSearchParams({ title: title.slice(0, 300), price: price.slice(0, 30) }).toString()}`;

/** The draft in an address, if there is one. */
export const draftFrom = (query: SearchParams): Draft | undefined => {
  const [title, price] = [one(query.title), one(query.price)];
  return title === undefined && price === undefined ? undefined : { title: title ?? '', price: price ?? '' };
};
