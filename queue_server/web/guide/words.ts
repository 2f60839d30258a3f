// The tablet's languages: the guide's own for the page, the visitor's for what the visitor reads.

import { readFacts } from "../shared/facts";
import { nameIn, setUpLanguages } from "../shared/language";
import type { Names } from "../shared/wire";

/** A sentence of the language files with its figures. */
export interface Saying {
  readonly word: string;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export const facts = readFacts();

export const { i18n, languages, choose } = setUpLanguages(import.meta.glob("./languages/*.json", { eager: true, import: "default" }), {
  wanted: [facts.language, ...navigator.languages],
  remember: "onedoor.staff.language",
});

/** The language the guide reads. */
export const language = (): string => i18n.global.locale.value;

/** A sentence in the guide's language; a figure `n` also chooses between one and many. */
export function say({ word, facts: figures = {} }: Saying): string {
  return told(word, figures, language());
}

/** A sentence in the language of whoever reads it. */
export function told(word: string, figures: Readonly<Record<string, string | number>>, reader: string): string {
  const many = typeof figures.n === "number" ? figures.n : undefined;
  return many === undefined ? i18n.global.t(word, figures, { locale: reader }) : i18n.global.t(word, figures, { locale: reader, plural: many });
}

export const named = (names: Names | undefined, otherwise = ""): string => nameIn(names, language()) || otherwise;
