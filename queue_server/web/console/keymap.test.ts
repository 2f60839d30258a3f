// The clerk's own keys.

import { expect, test } from "vitest";
import { KEYED } from "./controls";
import { active, assign, cap, controlOf, DEFAULT_KEYS, DEFAULTS, kept, read } from "./keymap";

test("every control has a default key, and no key stands for two", () => {
  expect(Object.keys(DEFAULT_KEYS).sort()).toEqual([...KEYED].sort());
  expect(new Set(Object.values(DEFAULT_KEYS)).size).toBe(KEYED.length);
});

test("letters, Enter and free function keys may be given; digits, space and the browser's keys may not", () => {
  const caps = (...names: string[]): (string | null)[] => names.map((key) => cap({ key, code: "" }));
  expect(caps("w", "W", "Enter", "F2", "F10")).toEqual(["W", "W", "Enter", "F2", "F10"]);
  expect(caps("1", " ", "Tab", "Escape", "ArrowUp", "F1", "F5", "F11", "F12", "é", ",")).toEqual(Array(11).fill(null));
  expect(cap({ key: "Process", code: "KeyW" })).toBe("W");
});

test("a key used twice is refused, with who has it", () => {
  expect(assign(DEFAULTS, "recall", "M")).toEqual({ usedBy: "missed" });
  const changed = assign(DEFAULTS, "recall", "W");
  expect("map" in changed && changed.map.keys.recall).toBe("W");
  // The old key is free again, and giving a control its own key changes nothing.
  expect("map" in changed && "map" in assign(changed.map, "missed", "R")).toBe(true);
  expect("map" in assign(DEFAULTS, "recall", "R")).toBe(true);
});

test("a control may be without a key, and several may", () => {
  const one = assign(DEFAULTS, "recall", null);
  expect("map" in one && "map" in assign(one.map, "missed", null)).toBe(true);
  expect("map" in one && active(one.map, "recall")).toBeNull();
});

test("switched off, only Enter is left", () => {
  const off = { ...DEFAULTS, on: false };
  expect(KEYED.filter((control) => active(off, control) !== null)).toEqual(["main"]);
  expect(controlOf(off, "R")).toBeNull();
  expect(controlOf(off, "Enter")).toBe("main");
  expect(controlOf(DEFAULTS, null)).toBeNull();
});

test("what is kept comes back, and what is damaged counts as never set", () => {
  const own = { on: false, keys: { ...DEFAULT_KEYS, recall: "W", missed: null } };
  expect(read(JSON.stringify(own))).toEqual(own);
  expect(read(null)).toBe(DEFAULTS);
  expect(read("{")).toBe(DEFAULTS);
  expect(read("3")).toBe(DEFAULTS);
  expect(read(JSON.stringify({ on: true, keys: { ...DEFAULT_KEYS, recall: "M" } }))).toBe(DEFAULTS);
  expect(read(JSON.stringify({ on: true, keys: { ...DEFAULT_KEYS, recall: "1" } }))).toBe(DEFAULTS);
  // A map from before a control was there.
  expect(read(JSON.stringify({ on: true, keys: { recall: "I", missed: null } })).keys).toMatchObject({ recall: "I", missed: null, number: null, close: "D" });
  expect(kept("0105")).toBe("onedoor.console.keys.0105");
});
