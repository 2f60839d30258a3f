// Groups, the search by letters, and the checklist's names: the pure parts of choosing a business.
import { expect, test } from "vitest";

import type { BusinessFacts, HallFacts } from "../../queue_server/web/shared/wire";
import { tabName } from "./checklist";
import { example, found, groupsOf, isLarge } from "./choosing";
import { step } from "./fourkeys";
import { readings, readingsMatch } from "./initials";

const names = (hans: string, en: string) => ({ "zh-Hans": hans, "zh-Hant": hans, en });
const business = (code: string, hans: string, en: string, more: Partial<BusinessFacts> = {}): BusinessFacts => ({ code, names: names(hans, en), note: null, group: null, items: [], bookable: false, ...more });
const item = (hans: string, en: string) => ({ code: "i", names: names(hans, en), papers: [], promise_days: null, outcome: null });

const all = [
  business("SA", "特种设备生产许可", "Permit to make special equipment", { group: "equipment" }),
  business("MA", "计量标准考核", "Measuring standards", { group: "metrology", items: [item("计量标准考核（变更）", "Measuring standards, change")] }),
  business("QC", "委托检验受理", "Samples for testing"),
  business("JZ", "仪器校准", "Calibration", { group: "gone" }),
];
const codes = (typed: string, language: string) => found(all, typed, language).map(({ code }) => code);
const hall = (businesses: BusinessFacts[]) => ({ businesses, groups: [{ code: "metrology", names: names("计量", "Metrology") }, { code: "equipment", names: names("特种设备", "Special equipment") }, { code: "empty", names: names("空", "Empty") }] }) as unknown as HallFacts;

test("a character is found by each of its readings, and marks between them do not count", () => {
  expect(readings("校准（A1）")).toEqual([["x", "j"], ["z"], ["a"], ["1"]]);
  expect(readingsMatch(readings("仪器校准"), "jz")).toBe(2);
  expect(readingsMatch(readings("仪器校准"), "yqxz")).toBe(0);
  expect(readingsMatch(readings("仪器"), "yqj")).toBe(-1);
});

test("letters find a business from its name's beginning, then within it, then by its items", () => {
  expect(codes("TZSB", "zh-Hans")).toEqual(["SA"]);
  expect(codes("j", "zh-Hans")).toEqual(["MA", "QC", "JZ"]);
  expect(codes("bg", "zh-Hant")).toEqual(["MA"]);
  expect(codes("JZ", "zh-Hans")).toEqual(["JZ"]);
  expect(codes("", "zh-Hans")).toEqual([]);
  expect(codes("xyz", "zh-Hans")).toEqual([]);
});

test("in English words are found by how they begin, or by their first letters in a row", () => {
  expect(codes("spec", "en")).toEqual(["SA"]);
  expect(codes("ms", "en")).toEqual(["MA", "SA"]);
  expect(codes("change", "en")).toEqual(["MA"]);
  expect(codes("e", "en")).toEqual(["SA"]);
  expect(codes("xamples", "en")).toEqual([]);
});

test("the example is one that finds its own business", () => {
  for (const each of all) for (const language of ["zh-Hans", "en"]) expect(codes(example(each, language), language)[0]).toBe(each.code);
});

test("a large hall is chosen from by groups; those in none stand together at the end, and an empty group is not shown", () => {
  expect(isLarge(hall(all))).toBe(false);
  expect(groupsOf(hall(all))).toEqual([]);
  const many = [...all, ..."BCDEF".split("").map((code) => business(code, "业务", "Business"))];
  expect(groupsOf(hall(many)).map(({ code, businesses }) => [code, businesses.map((each) => each.code).join()])).toEqual([
    ["metrology", "MA"],
    ["equipment", "SA"],
    ["", "QC,JZ,B,C,D,E,F"],
  ]);
  expect(groupsOf({ ...hall(many), groups: [] })).toEqual([]);
});

test("a tab says what tells an item from its neighbours", () => {
  const own = business("B", "计量认证", "Accreditation");
  expect(tabName(item("计量认证（新办）", "Accreditation, new"), own, "zh-Hans")).toBe("新办");
  expect(tabName(item("计量认证（新办）", "Accreditation, new"), own, "en")).toBe("New");
  expect(tabName(item("计量认证", "Accreditation"), own, "zh-Hans")).toBe("计量认证");
  expect(tabName(item("注销", "Cancellation"), own, "zh-Hans")).toBe("注销");
});

test("up and down go round", () => {
  expect(step(0, 3, -1)).toBe(2);
  expect(step(2, 3, 1)).toBe(0);
  expect(step(0, 3, 1)).toBe(1);
});
