// What a window's own screen says of it.
import { expect, test } from "vitest";
import type { BoardWindow, WindowFacts } from "../../../queue_server/web/shared/wire";
import { faceOf, servedAt } from "./face";

const HALL: { windows: WindowFacts[] } = {
  windows: [
    { window: 4, zone: null, serves: { A: 0 } },
    { window: 5, zone: null, serves: { B: 600_000, A: 0, C: 0 } },
    { window: 6, zone: null, serves: { B: 0 } },
    { window: 7, zone: null, serves: { D: 0 } },
    { window: 9, zone: null, serves: { A: 0 } },
    { window: 10, zone: null, serves: { A: 0 } },
  ],
};
const at = (window: number, more: Partial<BoardWindow> = {}): BoardWindow => ({ window, state: "free", number: null, paused: null, calls: 0, next: null, serves: null, ...more });
const face = (here: Partial<BoardWindow>, others: BoardWindow[] = []) => faceOf({ windows: [at(5, here), ...others] }, HALL, 5);

test("a call with its count and whoever is next", () => {
  expect(face({ state: "calling", number: "A012", calls: 2, next: "C003" })).toMatchObject({ state: "calling", number: "A012", calls: 2, next: "C003", paused: null });
});

test("a pause during a service keeps the visitor and its reason", () => {
  expect(face({ state: "serving", number: "A012", paused: "meal" })).toMatchObject({ state: "serving", number: "A012", paused: "meal" });
});

test("the three nearest windows that call for the same business are named in their order", () => {
  const open = [at(4), at(6, { state: "serving", number: "B001" }), at(7), at(9), at(10)];
  expect(face({ state: "paused", paused: "meal" }, open)!.others).toEqual([4, 6, 9]);
});

test("who is closed, paused or about to pause, or whose clerk cannot do it, is not named", () => {
  const others = [at(4, { state: "closed" }), at(6, { state: "serving", paused: "meal" }), at(9, { state: "paused", paused: "meal" }), at(10, { serves: ["D"] })];
  expect(face({ state: "closed" }, others)!.others).toEqual([]);
});

test("a window that the hall does not have any more has no face", () => {
  expect(faceOf({ windows: [at(4)] }, HALL, 5)).toBeNull();
});

test("it serves its main work first, and with a clerk who can do less, less", () => {
  expect(servedAt(at(5), HALL)).toEqual(["A", "C", "B"]);
  expect(servedAt(at(5, { serves: ["C"] }), HALL)).toEqual(["C"]);
  expect(servedAt(at(5), null)).toEqual([]);
});
