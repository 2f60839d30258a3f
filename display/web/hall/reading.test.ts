// Pages and the time that reading takes.
import { expect, test } from "vitest";
import { pagesOf, readingMs, widthOf } from "./reading";

test("a Han character is as wide as about two letters", () => {
  expect(widthOf("窗口")).toBe(2);
  expect(widthOf("window")).toBeCloseTo(3.36);
});

test("a page is full after so many lines, and words stay whole", () => {
  expect(pagesOf("一二三四五六七", 3, 2)).toEqual(["一二三四五六", "七"]);
  const pages = pagesOf("The system is being repaired and will be back tomorrow", 8, 2);
  expect(pages.join(" ")).toBe("The system is being repaired and will be back tomorrow");
  expect(pages.length).toBeGreaterThan(1);
});

test("a line that its writer ended ends", () => {
  expect(pagesOf("一\n二\n三", 10, 2)).toEqual(["一\n二", "三"]);
});

test("a word wider than a page is not lost", () => {
  expect(pagesOf(`a ${"w".repeat(60)} b`, 5, 2).join(" ")).toBe(`a ${"w".repeat(60)} b`);
});

test("nothing is one empty page", () => expect(pagesOf("", 5, 2)).toEqual([""]));

test("no page stands less than ten seconds, and a long one as long as a slow reader needs", () => {
  expect(readingMs("系统维护")).toBe(10_000);
  expect(readingMs("字".repeat(100))).toBe(28_000);
  expect(readingMs("a".repeat(250))).toBe(24_000);
});
