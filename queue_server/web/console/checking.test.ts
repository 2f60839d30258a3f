// The checklist at the window: what the case knew, what the clerk marks, and what may be accepted on promise.

import { expect, test } from "vitest";
import type { BusinessFacts, Case, ItemFacts } from "../shared/wire";
import { asked, itemOf, knownOf, lines, missingOf, notOnPromise, turned, type Marks } from "./checking";
import { ticket } from "./samples";

const names = { "zh-Hans": "x", "zh-Hant": "x", en: "x" };
const paper = (code: string, minor = false) => ({ code, names, minor });
const item = { code: "new", names, papers: [paper("form"), paper("licence"), paper("photo", true)], promise_days: 5, outcome: null } as ItemFacts;
const business = { code: "E", names, items: [item, { ...item, code: "change" }] } as unknown as BusinessFacts;
const goesOn = { code: "C0DE", business: "E", item: "new", missing: ["licence"], checked: { form: "2026-11-24" } } as unknown as Case;
const none = { missing: [], checked: {} };
const shown = (known: Pick<Case, "missing" | "checked">, marks: Marks, today = "2026-11-25") => lines(item, known, marks, today, (day) => day);

test("the item is the case's, then the ticket's, then the only one", () => {
  const here = ticket({ business: "E", item: "change" });
  expect(itemOf(here, goesOn, business)).toBe("new");
  expect(itemOf(here, { ...goesOn, business: "A" }, business)).toBe("change");
  expect(itemOf(ticket({ business: "E", item: null }), null, business)).toBeNull();
  expect(itemOf(ticket({ business: "E", item: null }), null, { ...business, items: [item] })).toBe("new");
});

test("nothing is marked before somebody looked, except what the case knows", () => {
  expect(shown(none, {}).map(({ mark }) => mark)).toEqual([null, null, null]);
  const found = shown(knownOf(goesOn, "E", "new"), {});
  expect(found.map(({ mark }) => mark)).toEqual(["here", "missing", null]);
  expect(found.map(({ known }) => known?.word)).toEqual(["papers.checked-yesterday", "papers.lacked", undefined]);
  expect(knownOf(goesOn, "E", "change")).toEqual(none);
});

test("how long ago a paper was looked at", () => {
  const known = knownOf(goesOn, "E", "new");
  expect(shown(known, {}, "2026-11-24")[0]!.known).toEqual({ word: "papers.checked-today" });
  expect(shown(known, {}, "2026-12-01")[0]!.known).toEqual({ word: "papers.checked-on", facts: { date: "2026-11-24" } });
});

test("one press crosses a paper, the next one takes it as here", () => {
  const [form] = shown(none, {});
  const crossed = turned({}, form!);
  expect(missingOf(shown(none, crossed))).toEqual(["form"]);
  expect(turned(crossed, shown(none, crossed)[0]!)).toEqual({ form: "here" });
});

test("what was missing and is here now was brought today", () => {
  const known = knownOf(goesOn, "E", "new");
  const found = shown(known, turned({}, shown(known, {})[1]!));
  expect(found[1]).toMatchObject({ mark: "here", known: { word: "papers.brought" } });
  expect(missingOf(found)).toEqual([]);
});

test("on promise only minor papers are asked about, and one at least must be owed", () => {
  const found = (marks: Marks) => shown(none, marks);
  expect(asked(found({}), true).map(({ paper }) => paper.code)).toEqual(["photo"]);
  expect(asked(found({}), false)).toHaveLength(3);
  expect(notOnPromise(item, found({ photo: "missing" }), "")).toBeNull();
  expect(notOnPromise(item, found({ photo: "missing", form: "missing" }), "Form")).toEqual({ word: "papers.not-minor", facts: { papers: "Form" } });
  expect(notOnPromise(item, found({}), "")).toEqual({ word: "papers.none-owed" });
  expect(notOnPromise(item, found({}).slice(0, 2), "")).toEqual({ word: "papers.none-minor" });
  expect(notOnPromise({ ...item, promise_days: null }, found({ photo: "missing" }), "")).toEqual({ word: "papers.no-promise" });
});
