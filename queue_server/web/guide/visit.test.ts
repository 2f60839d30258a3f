// A visit in front of the guide: what is chosen, marked, asked for and refused beforehand.

import { expect, test } from "vitest";
import type { BusinessFacts, ItemFacts } from "../shared/wire";
import { pageRule } from "../shared/paper";
import { pageOf } from "./paging";
import { drawn, statusUrl } from "../shared/qr";
import { checked, marked, mayGrant, missingNote, newcomer, notYet, takeWord, wish, withBusiness } from "./visit";
import { Wishes } from "../shared/wishes";
import { toggled } from "../shared/toggled";

const paper = (code: string) => ({ code, names: { en: code }, minor: false });
const item = (code: string, ...papers: string[]): ItemFacts => ({ code, names: {}, papers: papers.map(paper), promise_days: null, outcome: null });
const business = (code: string, ...items: ItemFacts[]): BusinessFacts => ({ code, names: {}, note: null, group: null, items, bookable: false });

test("the only item comes with its business, and another business forgets marks but not what the visitor is", () => {
  const first = { ...newcomer("en"), priority: ["elderly"], later: ["Z", "B"], marks: { a: "here" as const } };
  const chosen = withBusiness(first, business("Z", item("pick-up", "receipt")));
  expect(chosen).toMatchObject({ business: "Z", item: "pick-up", marks: {}, priority: ["elderly"], later: ["B"] });
  expect(withBusiness(first, business("E", item("new"), item("change"))).item).toBeNull();
});

test("a mark pressed again is taken away, the other one replaces it", () => {
  const one = marked(newcomer("en"), "seal", "here");
  expect(one.marks).toEqual({ seal: "here" });
  expect(marked(one, "seal", "missing").marks).toEqual({ seal: "missing" });
  expect(marked(one, "seal", "here").marks).toEqual({});
});

test("the number's key says what the papers say", () => {
  const wanted = item("new", "a", "b");
  const none = withBusiness(newcomer("en"), business("E", wanted));
  const [some, all] = [marked(none, "a", "here"), marked(marked(none, "a", "here"), "b", "here")];
  expect([none, some, all].map((visit) => takeWord(visit, wanted))).toEqual(["exit.take", "exit.take", "exit.take-all"]);
  const lacking = marked(some, "b", "missing");
  expect(takeWord(lacking, wanted)).toBe("exit.take-ask");
  expect(missingNote(lacking, wanted)).toBe("new: b");
  expect(checked(some, wanted).open.map(({ code }) => code)).toEqual(["b"]);
});

test("no number before business and item are chosen; an item is no question where there is none", () => {
  const [several, bare] = [business("E", item("new"), item("change")), business("Q")];
  expect(notYet(newcomer("en"), null)).toBe("reason.business");
  expect(notYet(withBusiness(newcomer("en"), several), several)).toBe("reason.item");
  expect(notYet(withBusiness(newcomer("en"), bare), bare)).toBeNull();
});

test("the wish holds all that was chosen", () => {
  const visit = { ...newcomer("zh-Hant"), business: "E", item: "new", priority: ["elderly"], later: ["Z"], moreTime: true };
  expect(wish(visit)).toEqual({ business: "E", item: "new", priority: ["elderly"], later: ["Z"], language: "zh-Hant" });
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  expect(toggled(["b"], "a")).toEqual(["b", "a"]);
});

test("a guide grants what a visitor claims and what guides grant; a window's class is the window's", () => {
  expect(["self", "guide", "window"].map((by) => mayGrant(by, "guide"))).toEqual([true, true, false]);
  expect(mayGrant("window", "clerk")).toBe(true);
});

test("what does not fit gets a key for more, and every entry stands on exactly one page", () => {
  const list = Array.from({ length: 30 }, (_, n) => n);
  expect(pageOf(list.slice(0, 12), 5, 12)).toEqual({ items: list.slice(0, 12), page: 0, pages: 1 });
  const pages = [0, 1, 2].map((page) => pageOf(list, page, 12));
  expect(pages.flatMap(({ items }) => items)).toEqual(list);
  expect(Math.max(...pages.map(({ items }) => items.length))).toBe(11);
  expect(pageOf(list, 3, 12).page).toBe(0);
});

test("a wish without an answer keeps its key; an answered one and another one get new keys", () => {
  let made = 0;
  const wishes = new Wishes(() => `key${(made += 1)}`);
  const first = wishes.key("/tickets", { business: "A" });
  expect(wishes.key("/tickets", { business: "A" })).toBe(first);
  expect(wishes.key("/tickets", { business: "B" })).not.toBe(first);
  wishes.answered();
  expect(wishes.key("/tickets", { business: "B" })).toBe("key3");
});

test("two presses in a moment are one, the same press later is another", () => {
  const wishes = new Wishes();
  expect([0, 500, 1_000].map((at) => wishes.double("take", at))).toEqual([false, true, false]);
  expect(wishes.double("consult", 1_100)).toBe(false);
});

test("the QR code holds a square for every dark module, and stands only where phones have an address", () => {
  const { size, path } = drawn("http://hall.example/t/abc");
  expect(size).toBeGreaterThan(21 + 8);
  expect(path.match(/M/g)!.length).toBeGreaterThan(200);
  expect(statusUrl("https://hall.example/", "abc")).toBe("https://hall.example/t/abc");
  expect(statusUrl("", "abc")).toBeNull();
  expect(statusUrl("https://hall.example", null)).toBeNull();
});

test("the paper is 80 mm wide and a little longer than the slip", () => {
  expect(pageRule(96)).toBe("@page { size: 80mm 27mm; margin: 0; }");
});
