// What the floor shows of the server's facts: states, zones, the table and its bars, the sum, the opening sentence.
import { expect, test } from "vitest";
import type { Floor, FloorWindow } from "../shared/wire";
import { helping, naming, opening } from "./first";
import { atNumbers, businessRows, byZone, counted, difference, doing, waitingNow } from "./look";

const MINUTE = 60_000;
const NOW = 1_795_500_000_000;
const names = (en: string) => ({ en, "zh-Hans": en, "zh-Hant": en });

function at(window: number, more: Partial<FloorWindow> = {}): FloorWindow {
  return { window, zone: "1", state: "open", paused: null, since: NOW - MINUTE, help: false, help_since: null, clerk: null, number: null, doing: null, called_at: null, started_at: null, serves: ["A"], ...more };
}

function queue(business: string, waiting: number, minutes: number) {
  return { business, waiting, longest_ms: minutes * MINUTE + 59_000, windows: 1, alarm: 8 };
}

const CALM: Floor["first"] = { kind: "calm", business: null, window: null, since: null, helps: null };

function floor(more: Partial<Floor> = {}): Floor {
  return {
    first: CALM, todo: [], windows: [at(1)], queues: [queue("A", 3, 12), queue("B", 0, 0)],
    conditions: { suspended: { B: names("out") }, closed_day: null, evacuated: false, evacuations: [], open: true, alarms: ["A"] },
    consultations: 0, reconciliation: { issued: 3, by_state: { waiting: 3 }, adds_up: true, off: {} }, at: NOW, ...more,
  };
}

const business = (code: string, name: string) => ({ code, names: names(name), note: null, group: null, items: [], bookable: false });
const HALL = {
  businesses: [business("A", "Alpha"), business("B", "Beta"), business("C", "New")],
  zones: [{ code: "1", names: names("one") }, { code: "2", names: names("two") }],
};

test("what goes on at a window, and since when", () => {
  expect(doing(at(1, { doing: "serving", started_at: 5, called_at: 3, number: "A001" }))).toEqual({ what: "serving", since: 5 });
  expect(doing(at(1, { doing: "called", called_at: 3, state: "paused" }))).toEqual({ what: "called", since: 3 });
  expect(doing(at(1, { state: "paused", since: 7 }))).toEqual({ what: "paused", since: 7 });
  expect(doing(at(1, { state: "closed", since: 7 }))).toEqual({ what: "closed", since: 7 });
  expect(doing(at(1))).toEqual({ what: "free", since: null });
});

test("windows by zone, those of none at the end, empty zones left out", () => {
  const rows = byZone(HALL, floor({ windows: [at(1), at(2, { zone: null }), at(3)] }));
  expect(rows.map((row) => [row.zone?.code ?? null, row.windows.map((each) => each.window)])).toEqual([["1", [1, 3]], [null, [2]]]);
});

test("only states that occur are counted", () => {
  expect(counted(floor({ windows: [at(1), at(2), at(3, { state: "paused" })] }))).toEqual([["paused", 1], ["free", 2]]);
});

test("the bars share one scale that ten minutes fill at the most", () => {
  const rows = businessRows(HALL, floor());
  expect(rows.map(({ business, waiting, minutes, bar, suspended, ringing }) => [business.code, waiting, minutes, bar, suspended, ringing])).toEqual([["A", 3, 12, 1, false, true], ["B", 0, 0, 0, true, false]]);
  expect(businessRows(HALL, floor({ queues: [queue("A", 1, 5)] }))[0]!.bar).toBe(0.5);
});

test("the sum of who waits, and by how much the numbers are off", () => {
  expect(waitingNow(floor())).toEqual({ n: 3, minutes: 12 });
  expect(difference(floor())).toBe(0);
  expect(difference(floor({ reconciliation: { issued: 4, by_state: {}, adds_up: false, off: { A: 2, B: -1 } } }))).toBe(3);
});

const name = naming(HALL, (given) => given?.en ?? "");

test("the opening says how many wait, then what the server found most wrong", () => {
  expect(opening(floor(), name, NOW)).toEqual([{ word: "first.waiting", facts: { n: 3, minutes: 12 } }]);
  expect(opening(floor({ queues: [] }), name, NOW)).toEqual([{ word: "first.nobody" }]);
  const paused = floor({ first: { kind: "pause", business: "A", window: 1, since: NOW - 16 * MINUTE, helps: { act: "unpause", window: 1 } } });
  expect(opening(paused, name, NOW)[1]).toEqual({ word: "first.pause", facts: { business: "A Alpha", window: 1, n: 3, alarm: 8, minutes: 16 }, count: 3 });
});

test("beside the key stands what speaks against pressing it at once; without an act there is no key", () => {
  const helps = { act: "unpause", window: 1 } as const;
  const paused = floor({ windows: [at(1, { state: "paused", paused: "meal", since: NOW - 20 * MINUTE })], first: { ...CALM, kind: "alarm", business: "A", helps } });
  expect(helping(paused, NOW, (code) => `<${code}>`)).toEqual({ word: "helps.unpause-more", facts: { window: 1, minutes: 20, reason: "<meal>" } });
  expect(helping({ ...paused, first: { ...paused.first, kind: "pause" } }, NOW, String)?.word).toBe("helps.pause-more");
  expect(helping(floor(), NOW, String)).toBeNull();
});

test("a sentence is cut at its numbers", () => {
  expect(atNumbers("32 人在等，A012 最长 13 分。")).toEqual(["", "32", " 人在等，", "A012", " 最长 ", "13", " 分。"]);
});
