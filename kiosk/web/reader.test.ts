// What a reader types and what a person types, the code in it, and the order of several businesses.
import { expect, test } from "vitest";

import { MOST_LATER, toggled } from "./later";
import { burst, HASTE_MS, readCode, wasRead, type Burst } from "./reader";

const typed = (text: string, every: number) => [...text].reduce<Burst>((before, key, nr) => burst(before, key, 1_000 + nr * every), { text: "", at: -1_000 });

test("a reader is told from a person by its haste", () => {
  expect(wasRead(typed("AB2345C", 5))).toBe(true);
  expect(wasRead(typed("AB2345C", HASTE_MS + 1))).toBe(false);
  expect(wasRead(typed("AB23", 5))).toBe(false);
  expect(burst(typed("AB2345C", 5), "Enter", 5_000).text).toBe("");
  expect(burst(typed("AB2345C", 5), "Shift", 1_031).text).toBe("AB2345C");
});

test("the code is found alone, in small letters, in groups, and at the end of an address", () => {
  for (const said of ["AB2345C", "ab23 45c", "ABZ-345C", "https://hall.example.gov/b/AB2345C", "https://hall.example.gov/?code=AB2345C"]) expect(readCode(said)).toBe("AB2345C");
  expect(readCode("0123O56")).toBe("DL23D56");
});

test("what is no code is none", () => {
  for (const said of ["", "AB2345", "AB2345CD", "AB2345!", "6901234567892", "https://hall.example.gov/t/AB2345C/"]) expect(readCode(said)).toBeNull();
});

test("what comes after the first stands in the order chosen, and the place of one left moves up", () => {
  expect(["D", "Z", "A", "D", "B", "C", "E"].reduce<string[]>(toggled, [])).toEqual(["Z", "A", "B", "C"]);
  expect(toggled(["Z", "A", "B", "C"], "A")).toHaveLength(MOST_LATER - 1);
});
