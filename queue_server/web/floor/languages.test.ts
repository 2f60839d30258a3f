// Every language says everything, with the same gaps to fill.

import { wordsByLanguage } from "../shared/language";
import { sameWords } from "../shared/languages.same";

sameWords(wordsByLanguage(import.meta.glob("./languages/*.json", { eager: true, import: "default" })));
