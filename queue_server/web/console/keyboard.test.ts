// Keys and what they mean.

import { expect, test } from "vitest";
import { belongsToElement, stroke, typedWindow, type KeyPress } from "./keyboard";

const key = (key: string, code = "", more: Partial<KeyPress> = {}): KeyPress => ({ key, code, repeat: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

test("letters and Enter, in either case", () => {
  expect(stroke(key("r", "KeyR"))).toEqual({ control: "recall" });
  expect(stroke(key("R", "KeyR"))).toEqual({ control: "recall" });
  expect(stroke(key("Enter", "NumpadEnter"))).toEqual({ control: "main" });
  expect(["s", "m", "f", "l"].map((letter) => stroke(key(letter)))).toEqual([{ control: "start" }, { control: "missed" }, { control: "finish" }, { control: "leave" }]);
});

test("an input method hides the letter, the place of the key remains", () => {
  expect(stroke(key("Process", "KeyM"))).toEqual({ control: "missed" });
  expect(stroke(key("ы", "KeyS"))).toEqual({ control: "start" });
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
  expect(stroke(key("x", "KeyX"))).toBeNull();
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
