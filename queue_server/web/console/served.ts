// What was really done for the visitor: items with quantity and outcome, as the form asks for them, and what speaks against it.

import type { Saying } from "../shared/words";
import { slipFirst, type Found } from "./acting";

/** The quantities the server takes for one item. */
export const FEWEST = 1;
export const MOST = 999;
/** As many items stand in the form without scrolling. */
export const MOST_ITEMS = 6;

/** One item as it stands in the form: the quantity is what was typed. */
export interface Entry {
  readonly item: string;
  readonly quantity: string;
  readonly outcome: string;
}

export interface ServedMistake {
  readonly place: number;
  readonly field: keyof Entry;
  readonly saying: Saying;
}

export interface ServedBody {
  readonly outcome: string;
  readonly served: readonly { readonly item: string; readonly quantity: number; readonly outcome: string }[];
}

/** The number typed, in any width; null where it is none the server takes. */
export function quantityOf(typed: string): number | null {
  const digits = typed.normalize("NFKC").trim();
  const n = /^\d{1,4}$/.test(digits) ? Number(digits) : 0;
  return n >= FEWEST && n <= MOST ? n : null;
}

/** The quantity one more or less; one that is out of range goes to the nearest end. */
export function stepped(typed: string, by: 1 | -1): string {
  const digits = typed.normalize("NFKC").trim();
  const n = /^\d+$/.test(digits) ? Number(digits) + by : FEWEST;
  return String(Math.min(MOST, Math.max(FEWEST, n)));
}

/** The first thing that is not right yet; null when all is. `checked` is the item whose papers were looked at. */
export function mistakeIn(entries: readonly Entry[], found: Found, checked: string | null): ServedMistake | null {
  for (const [place, { item, quantity, outcome }] of entries.entries()) {
    if (item === "") return { place, field: "item", saying: { word: "served.no-item" } };
    if (quantityOf(quantity) === null) return { place, field: "quantity", saying: { word: "served.quantity-wrong", facts: { least: FEWEST, most: MOST } } };
    // Papers are marked for one item only; an outcome that goes with a slip needs it whichever item it is.
    const slip = slipFirst(outcome, item === checked ? found : { ...found, missing: 0 });
    if (slip !== null) return { place, field: "outcome", saying: { word: `served.first-${slip}` } };
  }
  return null;
}

/** The body of the act: the first item is the main one, and its outcome that of the visit. */
export function servedBody(entries: readonly Entry[]): ServedBody {
  const served = entries.map(({ item, quantity, outcome }) => ({ item, quantity: quantityOf(quantity) ?? FEWEST, outcome }));
  return { outcome: served[0]?.outcome ?? "", served };
}
