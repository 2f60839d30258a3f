// What a window's own screen says, from the board alone: who is there, who is next, why nobody is called. Pure.

import type { Board, BoardWindow, HallFacts, WindowState } from "../../../queue_server/web/shared/wire";

/** So many other windows are named at most to whoever stands before one that calls nobody. */
const MOST_OTHERS = 3;

export interface Face {
  readonly state: WindowState;
  readonly number: string | null;
  readonly calls: number;
  readonly next: string | null;
  /** Why nobody is called: a reason of the hall; with somebody there the pause begins afterwards. */
  readonly paused: string | null;
  /** The nearest windows that call for the same business, in order of their numbers. */
  readonly others: readonly number[];
}

/** The face of a window; null when the hall has no such window. */
export function faceOf(board: Pick<Board, "windows">, hall: Pick<HallFacts, "windows"> | null, window: number): Face | null {
  const here = board.windows.find((each) => each.window === window);
  if (here === undefined) return null;
  const mine = new Set(servedAt(here, hall));
  const calls = (each: BoardWindow): boolean => each.state !== "closed" && each.paused === null && each.window !== window;
  const others = board.windows.filter((each) => calls(each) && servedAt(each, hall).some((business) => mine.has(business))).map((each) => each.window);
  const nearest = others.sort((a, b) => Math.abs(a - window) - Math.abs(b - window) || a - b).slice(0, MOST_OTHERS);
  return { state: here.state, number: here.number, calls: here.calls, next: here.next, paused: here.paused, others: nearest.sort((a, b) => a - b) };
}

/** The businesses of a window, its main work first: what whoever sits there serves, else all of the window's own. */
export function servedAt(here: Pick<BoardWindow, "window" | "serves">, hall: Pick<HallFacts, "windows"> | null): string[] {
  if (here.serves !== null) return here.serves;
  const own = Object.entries(hall?.windows.find((each) => each.window === here.window)?.serves ?? {});
  return own.sort(([, a], [, b]) => a - b).map(([business]) => business);
}
