// The turns of the information screen, and when it says that the hall gives no numbers.
import { expect, test } from "vitest";

import type { BoardWaiting, WindowFacts } from "../../../queue_server/web/shared/wire";
import { closedAs, inZone, roomBelow, turnsOf } from "./turns";

const line = (business: string, numbers: BoardWaiting["numbers"] = "given"): BoardWaiting => ({ business, waiting: 0, ahead: 0, numbers });
const notice = { "zh-Hans": "系统维护", "zh-Hant": "系統維護", en: "Under repair" };

const words = (names: Record<string, string> | undefined): string => names?.["zh-Hans"] ?? "";
const ROOM = { ems: 20, lines: 6 };

test("the tables come first, then one page for each notice", () => {
  const waiting = [..."ABCDEFGHI"].map((code) => line(code));
  expect(turnsOf({ waiting: [], suspended: {} }, words, () => ROOM)).toEqual([{ lines: [], ms: 10_000 }]);
  const turns = turnsOf({ waiting, suspended: { I: notice, B: notice } }, words, () => ROOM);
  expect(turns.map((turn) => ("lines" in turn ? turn.lines.length : turn.suspended))).toEqual([8, 1, "B", "I"]);
  expect(turns.every(({ ms }) => ms === 10_000)).toBe(true);
});

test("a long notice stands as long as reading takes, on as many pages as it needs, and loses nothing", () => {
  const long = "因系统升级，本业务今天暂停受理，请明天再来。".repeat(14);
  const turns = turnsOf({ waiting: [line("A")], suspended: { A: { ...notice, "zh-Hans": long } } }, words, () => ROOM).slice(1);
  const texts = turns.map((turn) => ("text" in turn ? turn.text : ""));
  expect(texts.join("")).toBe(long);
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.every((text) => text.length <= 20 * 6)).toBe(true);
  // Four characters a second, after a glance.
  expect(turns.every(({ ms }, nr) => ms >= Math.max(10_000, texts[nr]!.length * 250))).toBe(true);
  expect(turns[0]!.ms).toBeGreaterThan(25_000);
});

test("a heading of two lines leaves less room", () => {
  const [short, long] = [roomBelow("A 计量许可", 1000, 800, 50), roomBelow("A 计量许可".repeat(4), 1000, 800, 50)];
  expect(short.ems).toBe(20);
  expect(long.lines).toBeLessThan(short.lines);
});

test("a zone's panel names the businesses that its windows serve", () => {
  const windows: WindowFacts[] = [{ window: 1, zone: "1", serves: { A: 0 } }, { window: 2, zone: "2", serves: { B: 0, C: 600_000 } }, { window: 3, zone: null, serves: { D: 0 } }];
  const waiting = [..."ABCD"].map((code) => line(code));
  const codes = (zone: string | null): string => inZone(waiting, windows, zone).map(({ business }) => business).join("");
  expect([codes("1"), codes("2"), codes("3"), codes(null)]).toEqual(["A", "BC", "", "ABCD"]);
});

test("a hall is closed when nothing is left to choose, and not by suspensions alone", () => {
  expect(closedAs({ waiting: [line("A", "closed"), line("B")] })).toBeNull();
  expect(closedAs({ waiting: [line("A", "suspended"), line("B", "suspended")] })).toBeNull();
  expect(closedAs({ waiting: [line("A", "closed"), line("B", "suspended")] })).toBe("closed");
  expect(closedAs({ waiting: [line("A", "closed-early"), line("B", "closed-early")] })).toBe("closed-early");
});
