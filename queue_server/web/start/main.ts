// The start page's entry: its words, its facts, its page.

import { createApp } from "vue";
import "../shared/tokens.css";
import "./start.css";
import { readFacts, type Facts } from "../shared/facts";
import { setUpLanguages } from "../shared/language";
import StartPage from "./StartPage.vue";

export interface StartFacts extends Facts {
  readonly kiosk: string;
  readonly speed: number;
  readonly play_speed: number;
}

const facts = readFacts<StartFacts>();
const found = import.meta.glob("./languages/*.json", { eager: true, import: "default" });
const { i18n, languages, choose } = setUpLanguages(found, { remember: "onedoor.staff.language", wanted: [facts.language, ...navigator.languages] });

createApp(StartPage, { facts, languages, choose, noNumber: location.search === "?no-number" }).use(i18n).mount("#app");
