// What a visitor types and reads when asking about the order.
import { expect, test } from "vitest";
import { minutes, typedNumber } from "./order";

test("takes a number as people type it", () => {
  expect(["a012", " B 001 ", "ab-1234", "A0101"].map(typedNumber)).toEqual(["A012", "B001", "AB1234", "A0101"]);
});

test("takes nothing that cannot be a number", () => {
  expect(["", "12", "A1", "ABC123", "A12x"].map(typedNumber)).toEqual(["", "", "", "", ""]);
});

test("says at least one minute, and rounds", () => {
  expect([0, 20_000, 89_000, 91_000, 600_000].map(minutes)).toEqual([1, 1, 1, 2, 10]);
});
