// The floor's entry: words, stores, page.

import { createPinia } from "pinia";
import { createApp } from "vue";
import "../shared/tokens.css";
import "../shared/staff.css";
import "./floor.css";
import App from "./App.vue";
import { i18n } from "./words";

createApp(App).use(createPinia()).use(i18n).mount("#app");
