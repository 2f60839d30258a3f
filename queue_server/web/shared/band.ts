// The band under the top bar: red while the server is out of reach, green for five seconds once it is back.

export const BACK_MS = 5_000;

export type Band =
  | { readonly kind: "none" }
  | { readonly kind: "lost"; readonly lostAt: number; readonly since: number | null }
  | { readonly kind: "back"; readonly backAt: number; readonly awayMs: number };

export const NO_BAND: Band = { kind: "none" };

/** The band after the link was lost or found; `now` on a clock that never jumps, `since` the server's last word (ms UTC). */
export function onLink(band: Band, lost: boolean, now: number, since: number | null): Band {
  if (lost) return band.kind === "lost" ? band : { kind: "lost", lostAt: now, since };
  return band.kind === "lost" ? { kind: "back", backAt: now, awayMs: now - band.lostAt } : band;
}

/** The band as time passes. */
export function onTick(band: Band, now: number): Band {
  return band.kind === "back" && now - band.backAt >= BACK_MS ? NO_BAND : band;
}
