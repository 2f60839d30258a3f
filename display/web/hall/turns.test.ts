// The turns of the information screen, and when it says that the hall gives no numbers.
import { expect, test } from "vitest";

import type { BoardWaiting } from "../../../queue_server/web/shared/wire";
import { closedAs, turnsOf } from "./turns";

const line = (business: string, numbers: BoardWaiting["numbers"] = "given"): BoardWaiting => ({ business, waiting: 0, ahead: 0, numbers });
const notice = { "zh-Hans": "系统维护", "zh-Hant": "系統維護", en: "Under repair" };

test("the tables come first, then one page for each notice", () => {
  const waiting = [..."ABCDEFGHI"].map((code) => line(code));
  expect(turnsOf({ waiting: [], suspended: {} })).toEqual([{ lines: [] }]);
  const turns = turnsOf({ waiting, suspended: { I: notice, B: notice } });
  expect(turns.map((turn) => ("lines" in turn ? turn.lines.length : turn.suspended))).toEqual([8, 1, "B", "I"]);
});

test("a hall is closed when nothing is left to choose, and not by suspensions alone", () => {
  expect(closedAs({ waiting: [line("A", "closed"), line("B")] })).toBeNull();
  expect(closedAs({ waiting: [line("A", "suspended"), line("B", "suspended")] })).toBeNull();
  expect(closedAs({ waiting: [line("A", "closed"), line("B", "suspended")] })).toBe("closed");
  expect(closedAs({ waiting: [line("A", "closed-early"), line("B", "closed-early")] })).toBe("closed-early");
});
