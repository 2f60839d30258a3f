// The console's languages, and the one way a sentence with figures becomes text.

import { readFacts } from "../shared/facts";
import { nameIn, setUpLanguages } from "../shared/language";
import type { Names } from "../shared/wire";
import type { Saying } from "./acting";

export const facts = readFacts();

export const { i18n, languages, choose } = setUpLanguages(import.meta.glob("./languages/*.json", { eager: true, import: "default" }), {
  wanted: [facts.language, ...navigator.languages],
  remember: "onedoor.staff.language",
});

/** The language shown now. */
export const language = (): string => i18n.global.locale.value;

/** A sentence in the language shown. */
export function say(saying: Saying): string {
  const figures = saying.facts ?? {};
  return saying.count === undefined ? i18n.global.t(saying.word, figures) : i18n.global.t(saying.word, figures, saying.count);
}

export const named = (names: Names | undefined, otherwise: string): string => nameIn(names, language()) || otherwise;
