// What can be chosen now: which business gives no numbers and why, and whether the whole hall has stopped. Pure.

import type { BoardWaiting, BusinessFacts, Names } from "../../queue_server/web/shared/wire";

/** Why a business gives no numbers; `notice` is what staff wrote about it. */
export interface Stopped {
  why: "suspended" | "closed" | "closed-early";
  notice: Names | null;
}

export interface Standing {
  /** By business code; a business that gives numbers is not in it. */
  stopped: Record<string, Stopped>;
  /** Said for the whole hall: no business gives numbers, and none of that is a suspension alone. */
  hall: "closed" | "closed-early" | null;
}

export function standing(businesses: readonly BusinessFacts[], waiting: Record<string, BoardWaiting>, notices: Record<string, Names>): Standing {
  const stopped: Record<string, Stopped> = {};
  for (const { code } of businesses) {
    const why = waiting[code]?.numbers;
    // An evacuation has the whole screen to itself; below it nothing needs a reason of its own.
    if (why === "suspended" || why === "closed" || why === "closed-early") stopped[code] = { why, notice: why === "suspended" ? (notices[code] ?? null) : null };
  }
  const whys = Object.values(stopped).map(({ why }) => why);
  const all = whys.length > 0 && whys.length === businesses.length;
  return { stopped, hall: !all ? null : whys.includes("closed-early") ? "closed-early" : whys.includes("closed") ? "closed" : null };
}
