// The order, pace and honesty of calls on a hall display.
import { describe, expect, test } from "vitest";
import { speak, TURN_MS, type Caption } from "./caption";
import { hear, lit, LIT_MS, NEWEST_LIT_MS, NOTHING_YET, ofZone, pass, STILL_MS, type Calls } from "./calls";
import type { Board, Call } from "../../../queue_server/web/shared/wire";

const SERVER = 1_795_500_000_000;

function call(id: number, more: Partial<Call> = {}): Call {
  return { id, number: `A${String(id).padStart(3, "0")}`, business: "A", window: 1, zone: "1", at: SERVER, recall: false, ...more };
}

function board(calls: Call[], more: Partial<Board> = {}): Board {
  const newestFirst = [...calls].sort((a, b) => b.id - a.id).slice(0, 10);
  return { hall: "main", epoch: "e1", version: 1, at: SERVER, calls: newestFirst, waiting: [], windows: [], suspended: {}, open: true, evacuated: false, speed: 1, ...more };
}

const numbers = (calls: Calls): string[] => calls.rows.map((row) => row.call.number);
const said = (calls: Calls): number[] => calls.toSay.map(({ id }) => id);

describe("arrival", () => {
  test("shows the calls already made, newest first, and announces none", () => {
    const calls = hear(NOTHING_YET, board([1, 2, 3, 4, 5].map((id) => call(id))), 0, 4);
    expect(numbers(calls)).toEqual(["A005", "A004", "A003", "A002"]);
    expect(said(calls)).toEqual([]);
    expect(calls.rows.some((row) => lit(calls, row, 0))).toBe(false);
  });

  test("shows a recalled number once", () => {
    const calls = hear(NOTHING_YET, board([call(1), call(2), call(3, { number: "A001", recall: true })]), 0, 4);
    expect(numbers(calls)).toEqual(["A001", "A002"]);
  });
});

describe("a call", () => {
  const quiet = hear(NOTHING_YET, board([]), 0, 4);

  test("appears at once on a quiet display, lit at least 10 s", () => {
    const calls = hear(quiet, board([call(1)]), 100, 4);
    expect(numbers(calls)).toEqual(["A001"]);
    expect(said(calls)).toEqual([1]);
    const [row] = calls.rows;
    expect(lit(calls, row!, 100 + LIT_MS)).toBe(true);
    expect(lit(calls, row!, 100 + NEWEST_LIT_MS)).toBe(false);
  });

  test("is announced once, however often its board comes", () => {
    let calls = hear(quiet, board([call(1)]), 100, 4);
    calls = hear(calls, board([call(1)], { version: 2 }), 200, 4);
    expect(said(calls)).toEqual([1]);
    expect(calls.rows).toHaveLength(1);
  });

  test("waits until the row on top has stood still for 8 s, and both are lit then", () => {
    let calls = hear(quiet, board([call(1)]), 0, 4);
    calls = hear(calls, board([call(1), call(2)]), 1_000, 4);
    expect(numbers(pass(calls, STILL_MS - 1, 4))).toEqual(["A001"]);
    calls = pass(calls, STILL_MS, 4);
    expect(numbers(calls)).toEqual(["A002", "A001"]);
    expect(calls.rows.map((row) => lit(calls, row, STILL_MS))).toEqual([true, true]);
    expect(calls.rows.map((row) => lit(calls, row, LIT_MS))).toEqual([true, false]);
  });

  test("made while the link was cut is shown but not announced", () => {
    const calls = hear(quiet, board([call(1), call(2, { at: SERVER + 290_000 })], { at: SERVER + 300_000 }), 300_000, 4);
    expect(numbers(calls)).toEqual(["A002", "A001"]);
    expect(said(calls)).toEqual([2]);
  });
});

describe("ten calls in one second", () => {
  const tenCalls = Array.from({ length: 10 }, (_, i) => call(i + 1));

  test("are all announced once, in order, and no row moves within 8 s or goes dark within 10 s", () => {
    let calls = hear(NOTHING_YET, board([]), 0, 4);
    const places = new Map<string, { place: number; since: number }>();
    const order: number[] = [];
    for (let now = 0; now <= 60_000; now += 100) {
      if (now < 1_000) calls = hear(calls, board(tenCalls.slice(0, now / 100 + 1)), now, 4);
      calls = pass(calls, now, 4);
      order.push(...said(calls));
      calls = { ...calls, toSay: [] };
      for (const [number, { since }] of places) {
        if (!numbers(calls).includes(number)) expect(now - since).toBeGreaterThanOrEqual(LIT_MS);
      }
      calls.rows.forEach((row, place) => {
        const before = places.get(row.call.number);
        if (before && before.place !== place) expect(now - row.since).toBeGreaterThanOrEqual(STILL_MS);
        places.set(row.call.number, { place, since: row.since });
      });
      for (const number of [...places.keys()]) if (!numbers(calls).includes(number)) places.delete(number);
    }
    expect(order).toEqual(tenCalls.map(({ id }) => id));
    expect(numbers(calls)).toEqual(["A010", "A009", "A008", "A007"]);
  });
});

describe("a recall", () => {
  const two = hear(hear(NOTHING_YET, board([call(1)]), 0, 4), board([call(1), call(2)]), 0, 4);

  test("of the top row lights it again at once, without moving anything", () => {
    const calls = hear(two, board([call(1), call(2), call(3, { number: "A002", recall: true })]), 2_000, 4);
    expect(numbers(calls)).toEqual(["A002", "A001"]);
    expect(said(calls)).toEqual([2, 3]);
    expect(lit(calls, calls.rows[0]!, 2_000 + LIT_MS)).toBe(true);
  });

  test("of a lower row brings it to the top in its turn", () => {
    let calls = hear(two, board([call(1), call(2), call(3, { number: "A001", recall: true })]), 2_000, 4);
    expect(numbers(calls)).toEqual(["A002", "A001"]);
    calls = pass(calls, STILL_MS, 4);
    expect(numbers(calls)).toEqual(["A001", "A002"]);
    expect(said(calls)).toEqual([2, 3]);
  });

  test("heard together with its call is said too", () => {
    const quiet = hear(NOTHING_YET, board([]), 0, 4);
    const calls = hear(quiet, board([call(1), call(2, { number: "A001", recall: true })]), 0, 4);
    expect(numbers(calls)).toEqual(["A001"]);
    expect(said(calls)).toEqual([1, 2]);
  });
});

describe("a call that is gone from the board", () => {
  const shown = hear(hear(NOTHING_YET, board([call(1)]), 0, 4), board([call(1), call(2)]), 0, 4);

  test("was taken back and leaves the display, unsaid if it was not said yet", () => {
    const calls = hear(shown, board([call(1)], { version: 3 }), 1_000, 4);
    expect(numbers(calls)).toEqual(["A001"]);
    expect(said(calls)).toEqual([]);
  });

  test("does not leave when the board only has no room for it any more", () => {
    const later = Array.from({ length: 10 }, (_, i) => call(i + 3));
    const calls = hear(shown, board(later), 1_000, 4);
    expect(numbers(calls)).toEqual(["A002", "A001"]);
  });
});

test("a new epoch replaces everything and announces nothing", () => {
  const before = hear(hear(NOTHING_YET, board([]), 0, 4), board([call(8), call(9)]), 0, 4);
  const after = hear(before, board([call(3)], { epoch: "e2" }), 100, 4);
  expect(numbers(after)).toEqual(["A003"]);
  expect(said(after)).toEqual([]);
  expect(after.last).toBe(3);
  expect(said(hear(after, board([call(3), call(4)], { epoch: "e2" }), 200, 4))).toEqual([4]);
});

describe("the caption", () => {
  test("says a call in every language in turn, then rests", () => {
    let calls = hear(hear(NOTHING_YET, board([]), 0, 4), board([call(1)]), 0, 4);
    let caption: Caption | null = null;
    const heard: string[] = [];
    for (let now = 0; now <= 4 * TURN_MS; now += TURN_MS) {
      [caption, calls] = speak(caption, calls, now, 2);
      heard.push(caption ? `${caption.call.number} ${caption.turn}` : "rest");
    }
    expect(heard).toEqual(["A001 0", "A001 1", "rest", "rest", "rest"]);
  });

  test("keeps up when calls wait: one language each, all of them in order", () => {
    let calls: Calls = { ...NOTHING_YET, toSay: [call(1), call(2), call(3)] };
    let caption: Caption | null = null;
    const heard: string[] = [];
    for (let now = 0; now <= 4 * TURN_MS; now += TURN_MS) {
      [caption, calls] = speak(caption, calls, now, 2);
      heard.push(caption ? `${caption.call.number} ${caption.turn}` : "rest");
    }
    expect(heard).toEqual(["A001 0", "A002 0", "A003 0", "A003 1", "rest"]);
  });
});

describe("a zone's own display", () => {
  const in2 = { zone: "2", window: 5 };

  test("shows and says the calls of its zone only, and the whole hall's shows all", () => {
    const made = [call(1), call(2, in2), call(3, { zone: null })];
    const quiet = (zone: string | null): Calls => hear(NOTHING_YET, board([]), 0, 4, ofZone(zone));
    const rows = (zone: string | null): Calls => hear(quiet(zone), board(made), 100, 4, ofZone(zone));
    expect([numbers(rows("1")), numbers(rows("2")), numbers(rows("3"))]).toEqual([["A001"], ["A002"], []]);
    expect(said(rows("2"))).toEqual([2]);
    expect(numbers(rows(null))).toEqual(["A003", "A002", "A001"]);
  });

  test("keeps its rows while the board fills with the calls of others, and drops what was taken back", () => {
    let calls = hear(NOTHING_YET, board([call(1, in2)]), 0, 4, ofZone("2"));
    calls = hear(calls, board([call(1, in2), ...Array.from({ length: 12 }, (_, nr) => call(nr + 2))]), 20_000, 4, ofZone("2"));
    expect(numbers(calls)).toEqual(["A001"]);
    calls = hear(calls, board([call(1, in2), call(14, in2)]), 30_000, 4, ofZone("2"));
    expect(numbers(calls)).toEqual(["A014", "A001"]);
    expect(numbers(hear(calls, board([call(1, in2)]), 60_000, 4, ofZone("2")))).toEqual(["A001"]);
  });
});
