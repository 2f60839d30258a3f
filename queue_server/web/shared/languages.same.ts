// What every page's words are tested for: every language says everything, with the same gaps to fill.

import { expect, test } from "vitest";
import type { Words } from "./language";

function gaps(words: Words, path = ""): Record<string, string[]> {
  return Object.assign({}, ...Object.entries(words).map(([key, word]) =>
    typeof word === "string" ? { [`${path}${key}`]: [...new Set(word.match(/\{\w+\}/g) ?? [])].sort() } : gaps(word, `${path}${key}.`)));
}

/** Tests that there are three languages at least, and that each has the keys and gaps of zh-Hans. */
export function sameWords(languages: Readonly<Record<string, Words>>): void {
  test("three languages at least", () => expect(Object.keys(languages).slice(0, 3)).toEqual(["zh-Hans", "zh-Hant", "en"]));

  test.each(Object.keys(languages))("%s has the keys and gaps of zh-Hans", (language) => {
    expect(gaps(languages[language]!)).toEqual(gaps(languages["zh-Hans"]!));
  });
}
