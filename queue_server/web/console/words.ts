// The console's languages, and what the journal's words are called on the screen.

import { staffWords, type Saying } from "../shared/words";

export const words = staffWords(import.meta.glob(["./languages/*.json", "../shared/languages/*.json"], { eager: true, import: "default" }));
export const { facts, i18n, languages, choose, language, named } = words;

/** A sentence in the language shown; a figure named `act` is the journal's word for an act, and is told in ours. */
export function say(saying: Saying): string {
  const { act, ...rest } = saying.facts ?? {};
  return words.say(act === undefined ? saying : { ...saying, facts: { ...rest, act: deed(String(act)) } });
}

/** What an act of the journal is called on the screen. */
export function deed(act: string): string {
  return i18n.global.te(`act.${act}`) ? i18n.global.t(`act.${act}`) : act;
}

/** The reason of a pause; a hall's own reason without a word of ours is told as it stands. */
export function pauseReason(code: string): string {
  return i18n.global.te(`pause-reason.${code}`) ? i18n.global.t(`pause-reason.${code}`) : code;
}
