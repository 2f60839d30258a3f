// The order explained in words: who may still pass a number, until when, and why another was called before it.

import { hallTime } from "./time";
import type { Before, Passing } from "./wire";
import type { Saying } from "./words";

/** What the sentences call the number they are about: the reader's own, or one that the reader asks about. */
export interface About {
  readonly mine: string;
  readonly whose: string;
}

/** Whole minutes of a difference in the order, at least one. */
const minutes = (ms: number): number => Math.max(1, Math.round(ms / 60_000));

/** Why another number was called first. */
export function toldBefore({ number, window, at, cause, ms }: Before, { mine, whose }: About, timeZone: string): Saying {
  return { word: `order.cause.${cause}`, facts: { number, window, minutes: minutes(ms), time: hallTime(at, timeZone), mine, whose } };
}

/** Who may still come first, and until when. */
export function toldPassing({ may_pass: n, until }: Passing, { mine }: About, timeZone: string): Saying[] {
  const behind: Saying = n > 0 ? { word: "order.may-pass", facts: { n, mine } } : { word: "order.nobody-passes", facts: { mine } };
  return [behind, { word: "order.until", facts: { time: hallTime(until, timeZone), mine } }];
}
