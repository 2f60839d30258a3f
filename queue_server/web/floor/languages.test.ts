// Every language says everything, with the same gaps to fill.
import { expect, test } from "vitest";
import { wordsByLanguage, type Words } from "../shared/language";

const languages = wordsByLanguage(import.meta.glob("./languages/*.json", { eager: true, import: "default" }));

function gaps(words: Words, path = ""): Record<string, string[]> {
  return Object.assign({}, ...Object.entries(words).map(([key, word]) =>
    typeof word === "string" ? { [`${path}${key}`]: [...new Set(word.match(/\{\w+\}/g) ?? [])].sort() } : gaps(word, `${path}${key}.`)));
}

test("three languages at least", () => expect(Object.keys(languages).slice(0, 3)).toEqual(["zh-Hans", "zh-Hant", "en"]));

test.each(Object.keys(languages))("%s has the keys and gaps of zh-Hans", (language) => {
  expect(gaps(languages[language]!)).toEqual(gaps(languages["zh-Hans"]!));
});
