// How often the window is fetched again: once a second at most, however many boards arrive.

export const PACE_MS = 1_000;

/** Milliseconds to wait before the next fetch, given when the last one began (null: none yet). */
export function wait(lastBegun: number | null, now: number): number {
  return lastBegun === null ? 0 : Math.max(0, lastBegun + PACE_MS - now);
}
