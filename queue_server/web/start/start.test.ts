// The start page's words in every language, and how it tells of waits.

import { expect, test } from "vitest";
import { wordsByLanguage, type Words } from "../shared/language";
import { meanWaits, type Report } from "./play";

const languages = wordsByLanguage(import.meta.glob("./languages/*.json", { eager: true, import: "default" }));

function gaps(words: Words, path = ""): Record<string, string[]> {
  return Object.assign({}, ...Object.entries(words).map(([key, word]) =>
    typeof word === "string" ? { [`${path}${key}`]: [...new Set(word.match(/\{\w+\}/g) ?? [])].sort() } : gaps(word, `${path}${key}.`)));
}

test("three languages", () => expect(Object.keys(languages)).toEqual(["zh-Hans", "zh-Hant", "en"]));

test.each(Object.keys(languages))("%s has the keys and gaps of zh-Hans", (language) => {
  expect(gaps(languages[language]!)).toEqual(gaps(languages["zh-Hans"]!));
});

test("waits are whole seconds, and a dash where nobody was called", () => {
  const report = { waits: { all: { server: { mean_s: 61.5 }, simulation: { mean_s: null } } } } as unknown as Report;
  expect(meanWaits(report)).toEqual({ server: "62", simulation: "–" });
});
