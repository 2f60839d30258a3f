// Promises near their day.

import { expect, test } from "vitest";
import { nearness, pressing } from "./promises";

test("days left are told as days, today, or days past", () => {
  expect([2, 0, -3].map((days_left) => nearness({ days_left }))).toEqual([
    { word: "promises.left", facts: { n: 2 }, count: 2 },
    { word: "promises.today" },
    { word: "promises.over", facts: { n: 3 }, count: 3 },
  ]);
  expect(nearness({ days_left: null })).toBeNull();
});

test("what is due today or past is pressing", () => {
  expect([1, 0, -1, null].map((days_left) => pressing({ days_left }))).toEqual([false, true, true, false]);
});
