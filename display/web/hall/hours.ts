// Whether the hall is shut, so that its screens show its hours and nothing else. Pure.

import type { Board, BoardHours } from "../../../queue_server/web/shared/wire";

/** The hours to show: only where the hall is closed and nobody is in it any more, for who was let in is served to the end. */
export function shownHours({ hours, windows, waiting }: Pick<Board, "hours" | "windows" | "waiting">): BoardHours | null {
  const busy = windows.some(({ number }) => number !== null) || waiting.some((line) => line.waiting > 0);
  return busy ? null : (hours ?? null);
}

/** `09:00` for milliseconds of a local day; a day ends at `24:00`. */
export function wallTime(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
