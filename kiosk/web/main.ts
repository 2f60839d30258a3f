// The kiosk's touch page.

import { createApp } from "vue";

import { readFacts } from "../../queue_server/web/shared/facts";
import { setUpLanguages } from "../../queue_server/web/shared/language";
import "../../queue_server/web/shared/tokens.css";
import App from "./App.vue";
import "./frame.css";
import "./pages.css";
import "./elder.css";

const facts = readFacts();
const found = import.meta.glob("./languages/*.json", { eager: true, import: "default" });
const { i18n, languages, choose } = setUpLanguages(found, { wanted: [facts.language] });

createApp(App, { languages, choose, first: i18n.global.locale.value }).use(i18n).mount("#app");
