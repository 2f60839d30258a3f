// The pure parts of the kiosk page: presence, countdown, pages of keys, the QR path, and the words.
import { expect, test } from "vitest";

import { inPages, qrPath } from "./pages";
import type { BoardWaiting, BusinessFacts } from "../../queue_server/web/shared/wire";
import { presence, secondsLeft } from "./idle";
import { standing } from "./standing";
import en from "./languages/en.json";
import hans from "./languages/zh-Hans.json";
import hant from "./languages/zh-Hant.json";

const keys = (words: object): string[] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === "string" ? [key] : keys(value as object).map((rest) => `${key}.${rest}`)));

const places = (words: object): string[] =>
  Object.values(words).flatMap((value: unknown) => (typeof value === "string" ? [(value.match(/\{\w+\}/g) ?? []).sort().join()] : places(value as object)));

test("thirty idle seconds, then twenty to answer", () => {
  expect(presence(0, 29_999).kind).toBe("here");
  expect(presence(0, 30_000)).toEqual({ kind: "asking", seconds: 20, share: 1 });
  expect(presence(0, 49_001)).toMatchObject({ kind: "asking", seconds: 1 });
  expect(presence(0, 50_000).kind).toBe("gone");
});

test("the number page counts fifteen seconds and never below none", () => {
  expect(secondsLeft(1000, 1000)).toBe(15);
  expect(secondsLeft(1000, 15_001)).toBe(1);
  expect(secondsLeft(1000, 99_000)).toBe(0);
  expect(secondsLeft(1000, 400)).toBe(15);
});

test("businesses come in even pages of at most eight", () => {
  expect(inPages([1, 2, 3]).map((page) => page.length)).toEqual([3]);
  expect(inPages(Array.from({ length: 9 }, (_, nr) => nr)).map((page) => page.length)).toEqual([5, 4]);
  expect(inPages([])).toEqual([[]]);
});

test("a QR code becomes squares where it is dark", () => {
  expect(qrPath(["10", "01"])).toBe("M0 0h1v1h-1zM1 1h1v1h-1z");
});

test("a business that gives no numbers says why, and the hall when none is left", () => {
  const businesses = ["A", "B"].map((code) => ({ code })) as unknown as BusinessFacts[];
  const notice = { "zh-Hans": "系统维护", "zh-Hant": "系統維護", en: "Under repair" };
  const seen = (a: BoardWaiting["numbers"], b: BoardWaiting["numbers"]) =>
    standing(businesses, Object.fromEntries([["A", a], ["B", b]].map(([business, numbers]) => [business, { business, waiting: 0, ahead: 0, numbers }])) as Record<string, BoardWaiting>, { B: notice });
  expect(seen("given", "given")).toEqual({ stopped: {}, hall: null });
  expect(seen("given", "suspended")).toEqual({ stopped: { B: { why: "suspended", notice } }, hall: null });
  expect(seen("closed", "suspended").hall).toBe("closed");
  expect(seen("closed-early", "closed-early")).toEqual({ stopped: { A: { why: "closed-early", notice: null }, B: { why: "closed-early", notice: null } }, hall: "closed-early" });
  expect(seen("suspended", "suspended").hall).toBeNull();
  expect(seen("evacuated", "evacuated")).toEqual({ stopped: {}, hall: null });
  expect(standing(businesses, {}, {})).toEqual({ stopped: {}, hall: null });
});

test("the three languages say the same things with the same figures", () => {
  expect(keys(hant)).toEqual(keys(hans));
  expect(keys(en)).toEqual(keys(hans));
  expect(places(hant)).toEqual(places(hans));
  expect(places(en)).toEqual(places(hans));
});
