// Which businesses a window's screen names at a time: as many as stand in two lines, the rest in turns. Pure.

import { widthOf } from "./reading";

export interface Named {
  readonly code: string;
  /** Empty where the name is too long for this screen: then the letter of the numbers stands for it. */
  readonly name: string;
}

const LINES = 2;
/** Between two names, in widths of a Han character. */
const GAP = 0.8;
/** The code before a name, a sign of the numerals' face each, and the space behind it. */
const SIGN = 0.75;

/** The turns of the head line; `ems` is how many Han characters stand in a line. Never empty. */
export function namedInTurns(businesses: readonly Named[], ems: number): Named[][] {
  const turns: Named[][] = [[]];
  let [line, used] = [1, 0];
  for (const each of businesses) {
    const named = widthWith(each) > ems ? { ...each, name: "" } : each;
    const width = widthWith(named);
    const first = used === 0;
    if (first || used + GAP + width <= ems) used += width + (first ? 0 : GAP);
    else if (line < LINES) [line, used] = [line + 1, width];
    else {
      turns.push([]);
      [line, used] = [1, width];
    }
    turns.at(-1)!.push(named);
  }
  return turns;
}

function widthWith({ code, name }: Named): number {
  return code.length * SIGN + (name ? 0.3 + widthOf(name) : 0);
}
