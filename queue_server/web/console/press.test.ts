// One press, one act.

import { expect, test } from "vitest";
import { pressed, strays, type Wish } from "./press";

const next: Wish = { control: "main", act: "next", window: 5, body: {} };
const finishNext: Wish = { control: "main", act: "finish-next", window: 5, body: { outcome: "accepted" } };

function keys(): () => string {
  let made = 0;
  return () => `key-${++made}`;
}

test("a first press is a wish of its own", () => {
  const { press, again } = pressed(null, next, 1_000, keys());
  expect(press).toEqual({ ...next, key: "key-1", pressedAt: 1_000 });
  expect(again).toBe(false);
});

test("a second press within 800 ms keeps the key", () => {
  const make = keys();
  const first = pressed(null, next, 1_000, make).press;
  const second = pressed(first, next, 1_799, make);
  expect(second.press.key).toBe(first.key);
  expect(second.again).toBe(true);
});

test("the second press repeats the first act, not the one the key means by then", () => {
  const make = keys();
  const first = pressed(null, next, 0, make).press;
  const second = pressed(first, finishNext, 300, make).press;
  expect(second).toMatchObject({ act: "next", body: {}, key: first.key });
});

test("after 800 ms it is a new wish", () => {
  const make = keys();
  const first = pressed(null, next, 1_000, make).press;
  const second = pressed(first, finishNext, 1_800, make);
  expect(second.again).toBe(false);
  expect(second.press).toMatchObject({ act: "finish-next", key: "key-2" });
});

test("hammering a key is one act, however long it goes on", () => {
  const make = keys();
  let press = pressed(null, next, 0, make).press;
  for (let at = 500; at <= 5_000; at += 500) press = pressed(press, finishNext, at, make).press;
  expect(press).toMatchObject({ key: "key-1", act: "next" });
});

test("another control, or another window, is another wish", () => {
  const make = keys();
  const first = pressed(null, next, 0, make).press;
  expect(pressed(first, { control: "recall", act: "recall", window: 5, body: {} }, 100, make).again).toBe(false);
  expect(pressed(first, { ...next, window: 6 }, 100, make).again).toBe(false);
});

test("two rows are two wishes", () => {
  const first = pressed(null, { control: "row a", act: "requeue", window: 5, body: {} }, 0, keys()).press;
  expect(pressed(first, { control: "row b", act: "requeue", window: 5, body: {} }, 100, keys()).again).toBe(false);
});

test("the second half of a double press strays when the first took its place away", () => {
  const enter = { key: "Enter", surface: "panel", at: 1_000 };
  expect(strays(null, enter)).toBe(false);
  expect(strays(enter, { key: "Enter", surface: "page", at: 1_799 })).toBe(true);
  expect(strays(enter, { key: "Enter", surface: "panel", at: 1_100 })).toBe(false);
  expect(strays(enter, { key: "Enter", surface: "page", at: 1_800 })).toBe(false);
  expect(strays({ ...enter, key: "ArrowDown" }, { key: "ArrowDown", surface: "page", at: 1_100 })).toBe(false);
  expect(strays(enter, { key: "r", surface: "page", at: 1_100 })).toBe(false);
});
