// When a display shows the hall's hours and nothing else.
import { expect, test } from "vitest";
import { shownHours, wallTime } from "./hours";

const HOURS = { day: "2026-11-26", spans: [{ starts: 32_400_000, ends: 43_200_000 }] };
const at = (number: string | null) => ({ window: 5, state: "free" as const, number, paused: null, calls: 0, next: null, serves: null });
const line = (waiting: number) => ({ business: "A", waiting, ahead: waiting, numbers: "closed" as const });

test("only where the hall is closed and nobody is in it any more", () => {
  expect(shownHours({ hours: HOURS, windows: [at(null)], waiting: [line(0)] })).toEqual(HOURS);
  expect(shownHours({ hours: HOURS, windows: [at("A012")], waiting: [line(0)] })).toBeNull();
  expect(shownHours({ hours: HOURS, windows: [at(null)], waiting: [line(1)] })).toBeNull();
  expect(shownHours({ hours: null, windows: [], waiting: [] })).toBeNull();
});

test("the time of a local day", () => {
  expect([32_400_000, 48_600_000, 86_400_000].map(wallTime)).toEqual(["09:00", "13:30", "24:00"]);
});
