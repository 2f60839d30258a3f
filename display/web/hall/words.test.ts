// The caption's words are the voice's words.
import { expect, test } from "vitest";
import { pieces, scriptOf } from "./words";

const said = (language: string, script: string): string => pieces(language, { number: "A012", window: 5 }, script).map(({ text }) => text).join("");

test.each([
  ["cmn", "zh-Hans", "请 A012 号，到 5 号窗口"],
  ["cmn", "zh-Hant", "請 A012 號，到 5 號窗口"],
  ["yue", "zh-Hant", "請 A012 號，到 5 號窗口"],
  ["en", "zh-Hans", "Number A012, please go to window 5"],
  ["cmn", "en", "请 A012 号，到 5 号窗口"],
])("%s on a display in %s", (language, script, words) => expect(said(language, script)).toBe(words));

test("numbers are marked as such", () => {
  expect(pieces("en", { number: "A012", window: 5 }, "en").filter(({ number }) => number).map(({ text }) => text)).toEqual(["A012", "5"]);
});

test("each is shown in a script it has", () => {
  expect([scriptOf("yue", "zh-Hant"), scriptOf("en", "zh-Hant"), scriptOf("cmn", "en")]).toEqual(["zh-Hant", "en", "zh-Hans"]);
});
