// The planner's entry: words, stores, page.

import { createPinia } from "pinia";
import { createApp } from "vue";
import "../../queue_server/web/shared/tokens.css";
import "../../queue_server/web/shared/staff.css";
import "./planner.css";
import App from "./App.vue";
import { i18n } from "./words";

createApp(App).use(createPinia()).use(i18n).mount("#app");
