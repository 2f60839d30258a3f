// The floor's languages, and its ready notices for visitors in all of them.

import { staffWords } from "../shared/words";

export type { Saying } from "../shared/words";

export const words = staffWords(import.meta.glob(["./languages/*.json", "../shared/languages/*.json"], { eager: true, import: "default" }));
export const { facts, i18n, languages, choose, language, say, named } = words;

/** The code of a hall's own list (a pause's reason) in words, where the page has words for it; else as the hall's file has it. */
export function codeWord(group: string, code: string): string {
  const key = `${group}.${code}`;
  return i18n.global.te(key) ? i18n.global.t(key) : code;
}
