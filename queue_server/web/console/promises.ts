// A promise near its day, and the case a visitor goes on with: what is said of each, and how loud.

import type { Case } from "../shared/wire";
import type { Saying } from "../shared/words";

/** How near the day is: past it, today, or so many working days left. */
export function nearness({ days_left: left }: Pick<Case, "days_left">): Saying | null {
  if (left === null || left === undefined) return null;
  if (left < 0) return { word: "promises.over", facts: { n: -left }, count: -left };
  return left === 0 ? { word: "promises.today" } : { word: "promises.left", facts: { n: left }, count: left };
}

/** Whether it must be done today at the latest. */
export function pressing({ days_left: left }: Pick<Case, "days_left">): boolean {
  return left !== null && left !== undefined && left <= 0;
}
