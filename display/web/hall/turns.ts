// What the information screen shows, turn by turn: the businesses page by page, then each notice. Pure.

import type { Board, BoardWaiting } from "../../../queue_server/web/shared/wire";

export type Turn = { readonly lines: readonly BoardWaiting[] } | { readonly suspended: string };

/** As many lines to a page as stay readable; more take turns, because nobody scrolls a wall. */
export const PER_PAGE = 8;

/** The turns of a board, in the order of its businesses; never empty. */
export function turnsOf({ waiting, suspended }: Pick<Board, "waiting" | "suspended">): Turn[] {
  const pages = Math.max(1, Math.ceil(waiting.length / PER_PAGE));
  const tables = Array.from({ length: pages }, (_, nr) => ({ lines: waiting.slice(nr * PER_PAGE, (nr + 1) * PER_PAGE) }));
  return [...tables, ...waiting.filter(({ business }) => business in suspended).map(({ business }) => ({ suspended: business }))];
}

/** The one line below: the whole hall has stopped giving numbers, or null. */
export function closedAs({ waiting }: Pick<Board, "waiting">): "closed" | "closed-early" | null {
  const whys = new Set(waiting.map(({ numbers }) => numbers));
  if (whys.has("given")) return null;
  return whys.has("closed-early") ? "closed-early" : whys.has("closed") ? "closed" : null;
}
