// The console's words: every language has every word, and every word the rules can say exists.

import { expect, test } from "vitest";
import en from "./languages/en.json";
import hans from "./languages/zh-Hans.json";
import hant from "./languages/zh-Hant.json";
import { OWN_CODES } from "./replies";

type Tree = { [key: string]: string | Tree };

function paths(tree: Tree, before = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === "string" ? [before + key] : paths(value, `${before}${key}.`)));
}

function figures(tree: Tree): string[] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === "string" ? [`${key}: ${[...new Set(value.match(/\{\w+\}/g) ?? [])].sort().join(" ")}`] : figures(value)));
}

test("the three languages have the same words", () => {
  expect(paths(hant)).toEqual(paths(hans));
  expect(paths(en)).toEqual(paths(hans));
});

test("the two Chinese languages use the same figures", () => {
  expect(figures(hant)).toEqual(figures(hans));
});

test("every code with a sentence of ours has one", () => {
  expect(Object.keys(hans.problem).sort()).toEqual([...OWN_CODES, "other"].sort());
});
