// What the information screen shows, turn by turn and for how long: the businesses page by page, then each notice. Pure.

import type { Board, BoardWaiting, Names, WindowFacts } from "../../../queue_server/web/shared/wire";
import { pagesOf, readingMs, widthOf } from "./reading";

export type Turn = { readonly ms: number } & ({ readonly lines: readonly BoardWaiting[] } | { readonly suspended: string; readonly text: string });

/** As many lines to a page as stay readable; more take turns, because nobody scrolls a wall. */
export const PER_PAGE = 8;
const TABLE_MS = 10_000;

/** The room for a notice: Han characters to a line, and lines of text to the page. */
export interface Room {
  readonly ems: number;
  readonly lines: number;
}

// In lines of text, each 1.25 em high: the space around a notice, and each line of its heading.
const AROUND = 1.2;
const HEADING = 1.2;
const HEADING_SIZE = 1.25;

/** The turns of a board, in the order of its businesses; never empty. A notice longer than its room takes several. */
export function turnsOf({ waiting, suspended }: Pick<Board, "waiting" | "suspended">, words: (names: Names | undefined) => string, roomFor: (business: string) => Room): Turn[] {
  const pages = Math.max(1, Math.ceil(waiting.length / PER_PAGE));
  const tables = Array.from({ length: pages }, (_, nr) => ({ lines: waiting.slice(nr * PER_PAGE, (nr + 1) * PER_PAGE), ms: TABLE_MS }));
  const notices = waiting.filter(({ business }) => business in suspended).flatMap(({ business }) => {
    const { ems, lines } = roomFor(business);
    return pagesOf(words(suspended[business]), ems, lines).map((text) => ({ suspended: business, text, ms: readingMs(text) }));
  });
  return [...tables, ...notices];
}

/** The room that a page so high and wide (px, with text of a size) leaves below a heading of these words. */
export function roomBelow(heading: string, width: number, height: number, text: number): Room {
  const ems = width / text;
  const headings = Math.max(1, Math.ceil((widthOf(heading) * HEADING_SIZE) / ems));
  return { ems, lines: Math.max(1, Math.floor(height / (text * 1.25) - AROUND - headings * HEADING)) };
}

/** The lines of the businesses that some window of a zone serves; null stands for the whole hall. */
export function inZone(waiting: readonly BoardWaiting[], windows: readonly Pick<WindowFacts, "zone" | "serves">[], zone: string | null): BoardWaiting[] {
  const there = windows.filter((window) => zone === null || window.zone === zone);
  return zone === null ? [...waiting] : waiting.filter(({ business }) => there.some(({ serves }) => business in serves));
}

/** The one line below: the whole hall has stopped giving numbers, or null. */
export function closedAs({ waiting }: Pick<Board, "waiting">): "closed" | "closed-early" | null {
  const whys = new Set(waiting.map(({ numbers }) => numbers));
  if (whys.has("given")) return null;
  return whys.has("closed-early") ? "closed-early" : whys.has("closed") ? "closed" : null;
}
