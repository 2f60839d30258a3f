// Whether the visitor is still there: thirty idle seconds, then twenty to say so; pure, the time comes in as an argument.

export const IDLE_MS = 30_000;
export const WARN_MS = 20_000;
export const NUMBER_MS = 15_000;

export type Presence = { kind: "here" } | { kind: "asking"; seconds: number; share: number } | { kind: "gone" };

/** What to think of a visitor last heard at `heard`. */
export function presence(heard: number, now: number): Presence {
  const quiet = now - heard;
  if (quiet < IDLE_MS) return { kind: "here" };
  const left = IDLE_MS + WARN_MS - quiet;
  return left > 0 ? { kind: "asking", seconds: Math.ceil(left / 1000), share: left / WARN_MS } : { kind: "gone" };
}

/** Whole seconds until the number page returns. */
export function secondsLeft(since: number, now: number): number {
  return Math.min(NUMBER_MS / 1000, Math.max(0, Math.ceil((since + NUMBER_MS - now) / 1000)));
}
