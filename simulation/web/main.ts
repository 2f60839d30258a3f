// The planner's entry: words and page.

import { createApp } from "vue";
import "../../queue_server/web/shared/tokens.css";
import "./elements.css";
import "./planner.css";
import App from "./App.vue";
import { i18n } from "./words";

createApp(App).use(i18n).mount("#app");
