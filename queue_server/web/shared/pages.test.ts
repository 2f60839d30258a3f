// No page takes from another page's folder: what two pages use lives here.

import { expect, test } from "vitest";

const sources = import.meta.glob<string>(["../{console,guide,floor,start}/**/*.{ts,vue}"], { eager: true, query: "?raw", import: "default" });
const PAGES = "console|guide|floor|start|docs";

test.each(["console", "guide", "floor", "start"])("%s takes only from its own folder and the shared one", (page) => {
  const own = Object.entries(sources).filter(([path]) => path.startsWith(`../${page}/`));
  expect(own.length).toBeGreaterThan(0);
  const foreign = own.filter(([, text]) => new RegExp(`(from|import)\\s*\\(?\\s*"(\\.\\./)+(${PAGES})/[^"?]*"`).test(text));
  expect(foreign.map(([path]) => path)).toEqual([]);
});
