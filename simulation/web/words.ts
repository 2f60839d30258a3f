// The planner's languages.

import { staffWords } from "../../queue_server/web/shared/words";

export const words = staffWords(import.meta.glob("./languages/*.json", { eager: true, import: "default" }));
export const { facts, i18n, languages, choose, language } = words;
