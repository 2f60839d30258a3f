// What all pages share: boards, problems, languages, hall time, the pulse of the link.
import { describe, expect, test } from "vitest";
import { newer } from "./board";
import { readFacts } from "./facts";
import { newKey } from "./keys";
import { nameIn, nearest, wordsByLanguage } from "./language";
import { Problem } from "./problem";
import { Pulse } from "./pulse";
import { hallDate, hallTime, minutes } from "./time";

describe("a board", () => {
  const shown = { epoch: "a", version: 7 };

  test("replaces nothing, an older version, or another epoch", () => {
    expect(newer(null, shown)).toBe(true);
    expect(newer(shown, { epoch: "a", version: 8 })).toBe(true);
    expect(newer(shown, { epoch: "b", version: 1 })).toBe(true);
  });

  test("does not replace the same or a newer version, nor bring back an epoch that is gone", () => {
    expect(newer(shown, { epoch: "a", version: 7 })).toBe(false);
    expect(newer(shown, { epoch: "a", version: 6 })).toBe(false);
    expect(newer({ epoch: "b", version: 1 }, { epoch: "a", version: 9 }, new Set(["a"]))).toBe(false);
  });
});

describe("a problem", () => {
  test("keeps code, sentence and facts", () => {
    const problem = Problem.from({ type: "urn:onedoor:problem:window-busy", title: "t", status: 409, detail: "5 号窗口正在办理 C036。", code: "window-busy", window: 5 }, 409);
    expect(problem).toMatchObject({ code: "window-busy", status: 409, detail: "5 号窗口正在办理 C036。", facts: { window: 5 } });
    expect(problem.passing).toBe(false);
  });

  test("is told from a proxy's page", () => {
    expect(Problem.from(undefined, 502)).toMatchObject({ code: "unreachable", passing: true });
    expect(Problem.from("<html>", 404)).toMatchObject({ code: "unreadable", passing: false });
  });
});

describe("languages", () => {
  test("come from file names, in the order they are offered, and one more file is one more language", () => {
    const found = { "./languages/en.json": { a: "1" }, "./languages/ug.json": { a: "4" }, "./languages/zh-Hant.json": { a: "3" }, "./languages/zh-Hans.json": { a: "2" } };
    expect(Object.keys(wordsByLanguage(found))).toEqual(["zh-Hans", "zh-Hant", "en", "ug"]);
  });

  test("of a page and of all pages stand side by side", () => {
    const found = { "./languages/en.json": { a: "1" }, "../shared/languages/en.json": { b: { c: "2" } } };
    expect(wordsByLanguage(found)).toEqual({ en: { a: "1", b: { c: "2" } } });
  });

  test.each([["zh-TW", "zh-Hant"], ["zh-HK", "zh-Hant"], ["zh-CN", "zh-Hans"], ["zh", "zh-Hans"], ["en-GB", "en"], ["EN", "en"], ["fr", undefined]])("%s is served by %s", (tag, served) => {
    expect(nearest(tag, ["zh-Hans", "zh-Hant", "en"])).toBe(served);
  });

  test("fall back to a name there is", () => {
    expect(nameIn({ "zh-Hans": "二区", en: "Zone 2" }, "en")).toBe("Zone 2");
    expect(nameIn({ "zh-Hans": "二区" }, "en")).toBe("二区");
    expect(nameIn(null, "en")).toBe("");
  });
});

test("a moment is written as the hall's wall time, whatever the machine's zone", () => {
  const at = Date.UTC(2026, 10, 24, 2, 24);
  expect(hallTime(at, "Asia/Shanghai")).toBe("10:24");
  expect(hallTime(Date.UTC(2026, 10, 23, 16, 0), "Asia/Shanghai")).toBe("00:00");
  expect(hallDate(at, "Asia/Shanghai", "zh-Hans")).toContain("11月24日");
  expect(minutes(119_999)).toBe(1);
  expect(minutes(-5)).toBe(0);
});

test("the link is stale after silence, and the server's clock runs on", () => {
  const pulse = new Pulse(10_000);
  expect(pulse.serverTime(5_000)).toBeNull();
  expect(pulse.stale(9_999, 0)).toBe(false);
  expect(pulse.stale(10_000, 0)).toBe(true);
  pulse.heard(12_000, 1_795_500_000_000);
  pulse.heard(13_000);
  expect(pulse.stale(22_999, 0)).toBe(false);
  expect(pulse.stale(23_000, 0)).toBe(true);
  expect(pulse.serverTime(14_000)).toBe(1_795_500_002_000);
  expect(pulse.since).toBe(1_795_500_000_000);
});

test("facts are read from the page, and a page without them has none", () => {
  const page = (text: string | null) => ({ getElementById: () => (text === null ? null : ({ textContent: text } as HTMLElement)) });
  expect(readFacts(page('{"hall": "main"}'))).toEqual({ hall: "main" });
  expect(readFacts(page(null))).toEqual({});
});

test("keys are 32 characters and never the same", () => {
  const keys = new Set(Array.from({ length: 100 }, newKey));
  expect(keys.size).toBe(100);
  expect([...keys].every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
});
