// When the server was last heard and what its clock says now; pure, the monotonic clock comes in as an argument.

/** Counts in milliseconds of a clock that never jumps (`performance.now()`), and carries the server's own time beside it. */
export class Pulse {
  private heardAt: number | null = null;
  private told: { at: number; when: number } | null = null;

  constructor(private readonly staleAfterMs: number) {}

  /** Notes a sign of life; `at` is the server's time in it (milliseconds UTC), when it carried one. */
  heard(when: number, at?: number): void {
    this.heardAt = when;
    if (at !== undefined) this.told = { at, when };
  }

  /** True when nothing was heard for too long; a page that has not heard anything yet counts from its start. */
  stale(when: number, startedAt: number): boolean {
    return when - (this.heardAt ?? startedAt) >= this.staleAfterMs;
  }

  /** The server's time now, kept running through a cut link; null before the first word. */
  serverTime(when: number): number | null {
    return this.told && Math.round(this.told.at + when - this.told.when);
  }

  /** The server's time of its last word: what is shown was true until then. */
  get since(): number | null {
    return this.told?.at ?? null;
  }
}
