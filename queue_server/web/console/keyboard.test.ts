// Keys and what they mean.

import { expect, test } from "vitest";
import { belongsToElement, digitOf, stroke as strokeBy, typedWindow, type KeyPress } from "./keyboard";
import { DEFAULTS } from "./keymap";

const key = (key: string, code = "", more: Partial<KeyPress> = {}): KeyPress => ({ key, code, repeat: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

const stroke = (event: KeyPress): ReturnType<typeof strokeBy> => strokeBy(event, DEFAULTS);

test("letters and Enter, in either case", () => {
  expect(stroke(key("r", "KeyR"))).toEqual({ control: "recall" });
  expect(stroke(key("R", "KeyR"))).toEqual({ control: "recall" });
  expect(stroke(key("Enter", "NumpadEnter"))).toEqual({ control: "main" });
  expect(["k", "m", "f", "x"].map((letter) => stroke(key(letter)))).toEqual([{ control: "start" }, { control: "missed" }, { control: "finish" }, { control: "leave" }]);
});

test("an input method hides the letter, the place of the key remains", () => {
  expect(stroke(key("Process", "KeyM"))).toEqual({ control: "missed" });
  expect(stroke(key("ы", "KeyK"))).toEqual({ control: "start" });
  expect(stroke(key("Process", "Digit3"))).toEqual({ digit: 3 });
});

test("digits choose outcomes, 0 does not", () => {
  expect(stroke(key("1", "Digit1"))).toEqual({ digit: 1 });
  expect(stroke(key("6", "Numpad6"))).toEqual({ digit: 6 });
  expect(stroke(key("0", "Digit0"))).toBeNull();
});

test("a held key acts once, and the browser keeps its shortcuts", () => {
  expect(stroke(key("Enter", "Enter", { repeat: true }))).toBeNull();
  expect(stroke(key("r", "KeyR", { ctrlKey: true }))).toBeNull();
  expect(stroke(key("l", "KeyL", { metaKey: true }))).toBeNull();
  expect(stroke(key("y", "KeyY"))).toBeNull();
});

test("a focused button keeps its own Enter, but the letters stay ours", () => {
  expect(belongsToElement("BUTTON", "Enter")).toBe(true);
  expect(belongsToElement("BUTTON", " ")).toBe(true);
  expect(belongsToElement("BUTTON", "r")).toBe(false);
  expect(belongsToElement("DIV", "Enter")).toBe(false);
});

test("two digits typed soon after each other are one window", () => {
  const known = [1, 2, 3, 11, 12];
  const one = typedWindow(null, 1, 0, known);
  expect(one.number).toBe(1);
  expect(typedWindow(one, 2, 600, known).number).toBe(12);
  expect(typedWindow(one, 2, 1_200, known).number).toBe(2);
  expect(typedWindow(typedWindow(null, 3, 0, known), 3, 300, known).number).toBe(3);
});

test("the clerk's own keys count, and with single keys off only Enter does", () => {
  const own = { on: true, keys: { ...DEFAULTS.keys, recall: "W", missed: null } };
  expect(strokeBy(key("w", "KeyW"), own)).toEqual({ control: "recall" });
  expect(strokeBy(key("r", "KeyR"), own)).toBeNull();
  expect(strokeBy(key("m", "KeyM"), own)).toBeNull();
  const off = { ...DEFAULTS, on: false };
  expect(["r", "3"].map((typed) => strokeBy(key(typed), off))).toEqual([null, null]);
  expect(strokeBy(key("Enter", "Enter"), off)).toEqual({ control: "main" });
});

test("a digit is a digit on the number pad and behind an input method too", () => {
  expect([key("4", "Digit4"), key("Process", "Numpad7"), key("0", "Digit0"), key("r", "KeyR")].map(digitOf)).toEqual([4, 7, null, null]);
});
