// What the form "what was done" sends, and what it refuses before it is sent.

import { expect, test } from "vitest";
import { NOTHING_FOUND } from "./acting";
import { mistakeIn, quantityOf, servedBody, stepped, type Entry } from "./served";

const one: Entry = { item: "new", quantity: "20", outcome: "accepted" };
const two: Entry = { item: "change", quantity: "２", outcome: "consultation" };
const listed = { ...NOTHING_FOUND, any: true };

test("every item goes out with its quantity and outcome, the visit with the outcome of the main one", () => {
  const served = [{ item: "new", quantity: 20, outcome: "accepted" }, { item: "change", quantity: 2, outcome: "consultation" }];
  expect(servedBody([one, two])).toEqual({ outcome: "accepted", served });
  expect(mistakeIn([one, two], listed, "new")).toBeNull();
});

test("a quantity is a whole number from 1 to 999", () => {
  expect(["1", " 999 ", "３"].map(quantityOf)).toEqual([1, 999, 3]);
  expect(["0", "1000", "", "-1", "1.5", "two", "10000"].map(quantityOf)).toEqual(Array(7).fill(null));
  expect(mistakeIn([one, { ...two, quantity: "1000" }], listed, "new")).toEqual({ place: 1, field: "quantity", saying: { word: "served.quantity-wrong", facts: { least: 1, most: 999 } } });
});

test("one more and one less stay in range", () => {
  expect([stepped("1", 1), stepped("999", 1), stepped("2", -1), stepped("1", -1), stepped("", 1), stepped("1200", -1)]).toEqual(["2", "999", "1", "1", "1", "999"]);
});

test("an item must be chosen", () => {
  expect(mistakeIn([{ ...one, item: "" }], listed, null)).toMatchObject({ place: 0, field: "item" });
});

test("what goes with a slip is finished by its own form, whichever item it is", () => {
  const refused = (entry: Entry, missing = 0): string | undefined => mistakeIn([entry], { ...listed, missing }, "new")?.saying.word;
  expect(refused({ ...two, outcome: "papers-missing" })).toBe("served.first-tell");
  expect(refused({ ...two, outcome: "accepted-on-promise" })).toBe("served.first-promise");
  // A paper marked missing stops the item it belongs to, and no other.
  expect(refused(one, 1)).toBe("served.first-tell");
  expect(refused({ ...two, outcome: "accepted" }, 1)).toBeUndefined();
});
