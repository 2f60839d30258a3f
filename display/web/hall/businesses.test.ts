// The head line of a window's screen names every business, in turns where they do not fit.
import { expect, test } from "vitest";
import { namedInTurns } from "./businesses";

const named = (...names: string[]) => names.map((name, nr) => ({ code: "ABCDEFGH"[nr]!, name }));
const shown = (turns: ReturnType<typeof namedInTurns>): string[] => turns.map((turn) => turn.map(({ code, name }) => code + name).join(" "));

test("what fits two lines stands there at once", () => {
  expect(shown(namedInTurns(named("特种设备", "领证"), 20))).toEqual(["A特种设备 B领证"]);
  expect(shown(namedInTurns(named("特种设备", "标准化", "领证"), 6))).toEqual(["A特种设备 B标准化", "C领证"]);
});

test("a name too long for the screen is left to the letter of its numbers", () => {
  expect(shown(namedInTurns(named("工业产品生产许可证", "领证"), 6))).toEqual(["A B领证"]);
});

test("nothing is left out, whatever the width", () => {
  for (const ems of [2, 5, 9, 14, 40]) {
    const turns = namedInTurns(named("计量许可", "计量认证", "特种设备", "标准化", "工业产品生产许可证", "食品相关产品许可", "组织机构代码", "领证"), ems);
    expect(turns.flat().map(({ code }) => code).join("")).toBe("ABCDEFGH");
    expect(turns.every((turn) => turn.length > 0)).toBe(true);
  }
});

test("before the hall is known there is one empty turn", () => expect(namedInTurns([], 20)).toEqual([[]]));
