// The phone page: its words, its facts, and the language remembered on this phone.

import "../../queue_server/web/shared/look.css";
import "../../queue_server/web/shared/numbers.css";
import "./phone/phone.css";
import { createApp } from "vue";
import { readFacts, type Facts } from "../../queue_server/web/shared/facts";
import { setUpLanguages } from "../../queue_server/web/shared/language";
import PhonePage from "./phone/PhonePage.vue";

const facts = readFacts<Facts>();
const found = import.meta.glob(["./languages/*.json", "../../queue_server/web/shared/languages/*.json"], { eager: true, import: "default" });
const { i18n, languages, choose } = setUpLanguages(found, {
  remember: "onedoor.language",
  wanted: [new URLSearchParams(location.search).get("language"), facts.language, ...navigator.languages],
});

createApp(PhonePage, { token: facts.token ?? "", languages, choose }).use(i18n).mount("#page");
