// The planner's languages, and figures as text.

import { readFacts } from "../../queue_server/web/shared/facts";
import { setUpLanguages } from "../../queue_server/web/shared/language";

export const facts = readFacts();

export const { i18n, languages, choose } = setUpLanguages(import.meta.glob("./languages/*.json", { eager: true, import: "default" }), {
  wanted: [facts.language, ...navigator.languages],
  remember: "onedoor.staff.language",
});

/** The language shown now. */
export const language = (): string => i18n.global.locale.value;
