// The tablet's languages: the guide's own for the page, the visitor's for what the visitor reads.

import { staffWords } from "../shared/words";

export type { Saying } from "../shared/words";

export const words = staffWords(import.meta.glob(["./languages/*.json", "../shared/languages/*.json"], { eager: true, import: "default" }));
export const { facts, i18n, languages, choose, language, say, named } = words;

/** A sentence in the language of whoever reads it. */
export const told = (word: string, figures: Readonly<Record<string, string | number>>, reader: string): string => say({ word, facts: figures }, reader);
