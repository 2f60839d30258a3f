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

/** A sentence in the language shown; a figure named `act` is the journal's word for an act, and is told in ours. */
export function say(saying: Saying): string {
  const { act, ...rest } = saying.facts ?? {};
  const figures = act === undefined ? rest : { ...rest, act: deed(String(act)) };
  return saying.count === undefined ? i18n.global.t(saying.word, figures) : i18n.global.t(saying.word, figures, saying.count);
}

/** What an act of the journal is called on the screen. */
export function deed(act: string): string {
  return i18n.global.te(`act.${act}`) ? i18n.global.t(`act.${act}`) : act;
}

export const named = (names: Names | undefined, otherwise: string): string => nameIn(names, language()) || otherwise;

/** The reason of a pause; a hall's own reason without a word of ours is told as it stands. */
export function pauseReason(code: string): string {
  return i18n.global.te(`pause-reason.${code}`) ? i18n.global.t(`pause-reason.${code}`) : code;
}
