// The page of the displays on walls and at windows: its words, its facts, and which of its faces the address asks for.

import "../../queue_server/web/shared/tokens.css";
import "./hall/hall.css";
import "./hall/window.css";
import { createApp } from "vue";
import { readFacts, type Facts } from "../../queue_server/web/shared/facts";
import { setUpLanguages } from "../../queue_server/web/shared/language";
import HallPage from "./hall/HallPage.vue";
import { loadFonts } from "./hall/fonts";
import { everyWord } from "./hall/words";

export interface HallPageFacts extends Facts {
  /** What the address names does not exist. */
  readonly unknown?: "hall" | "window";
  /** The window at which this screen stands; what the address says where there is none of that number. */
  readonly window?: number | string;
}

const facts = readFacts<HallPageFacts>();
const query = new URLSearchParams(location.search);
const found = import.meta.glob("./languages/*.json", { eager: true, import: "default" });
const { i18n, languages } = setUpLanguages(found, { wanted: [query.get("language"), facts.language] });

const title = facts.window === undefined ? i18n.global.t("hall.title") : i18n.global.t("window.title", { window: facts.window });
document.title = `${title} · OneDoor`;
createApp(HallPage, { facts, query, languages }).use(i18n).mount("#page");
void loadFonts([found, everyWord]);
