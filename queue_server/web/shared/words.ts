// The words of a staff page: its languages, and the one way a sentence with figures becomes text.

import { readFacts } from "./facts";
import { nameIn, setUpLanguages } from "./language";
import type { Names } from "./wire";

/** A sentence of the language files with its figures. */
export interface Saying {
  readonly word: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  /** The figure English bends the noun after; left out, a figure named `n` is it. */
  readonly count?: number;
}

/** Sets up the words of a page from its own `languages/*.json`; staff choose a language once for all their pages. */
export function staffWords(found: Record<string, unknown>) {
  const facts = readFacts();
  const { i18n, languages, choose } = setUpLanguages(found, { wanted: [facts.language, ...navigator.languages], remember: "onedoor.staff.language" });

  /** The language shown now. */
  const language = (): string => i18n.global.locale.value;

  /** A sentence in the language shown, or in the language of whoever else reads it. */
  function say({ word, facts: figures = {}, count }: Saying, reader = language()): string {
    const many = count ?? (typeof figures.n === "number" ? figures.n : undefined);
    return many === undefined ? i18n.global.t(word, figures, { locale: reader }) : i18n.global.t(word, figures, { locale: reader, plural: many });
  }

  const named = (names: Names | null | undefined, otherwise = ""): string => nameIn(names, language()) || otherwise;

  return { facts, i18n, languages, choose, language, say, named };
}
