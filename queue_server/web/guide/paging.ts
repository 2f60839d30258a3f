// A list cut into pages that fit the screen, because nothing on this page scrolls.

export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly pages: number;
}

/** Page `page` (from 0, wrapping round) of a list for which there are `places`; one place is the key for more as soon as not all fit. */
export function pageOf<T>(list: readonly T[], page: number, places: number): Page<T> {
  if (list.length <= places) return { items: list, page: 0, pages: 1 };
  const each = places - 1;
  const pages = Math.ceil(list.length / each);
  const here = ((page % pages) + pages) % pages;
  return { items: list.slice(here * each, (here + 1) * each), page: here, pages };
}
