/** How all pages are built, in one go: one entry per page, the result in queue_server/web_dist under /web/. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import vue from "@vitejs/plugin-vue";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

import { slipFonts } from "./kiosk/web/slip_fonts.ts";
import { licences } from "./queue_server/web/licences.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

/** The pages; webfiles.py serves each by this very path. */
const pages = [
  "kiosk/web/index.html",
  "display/web/hall.html",
  "display/web/phone.html",
  "queue_server/web/console/index.html",
  "queue_server/web/docs/index.html",
  "queue_server/web/floor/index.html",
  "queue_server/web/guide/index.html",
  "queue_server/web/start/index.html",
  "simulation/web/index.html",
];

/** Every browser we serve reads WOFF2, so the WOFF twins would only double the size of the package. */
function onlyWoff2(): Plugin {
  return {
    name: "only-woff2",
    // At the end, because style sheets that come by @import are put together without passing `transform`.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const [name, file] of Object.entries(bundle)) {
          if (name.endsWith(".woff")) delete bundle[name];
          else if (file.type === "asset" && name.endsWith(".css"))
            file.source = String(file.source).replace(/,\s*url\([^)]*\.woff\)\s*format\(['"]?woff['"]?\)/g, "");
        }
      },
    },
  };
}

const server = process.env.ONEDOOR_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  root,
  base: "/web/",
  // Nothing is copied as it is: every file a page needs is imported by it.
  publicDir: false,
  plugins: [onlyWoff2(), vue(), licences(root), slipFonts()],
  build: {
    outDir: "queue_server/web_dist",
    emptyOutDir: true,
    // Fonts and pictures stay files: a data: address would need a hole in the content security policy.
    assetsInlineLimit: 0,
    // Each page is a screen of its own, loaded once from the hall's own network; the largest is the API reader.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: pages.filter((page) => existsSync(root + page)),
    },
  },
  server: {
    proxy: {
      "/api": server,
      "/socket.io": { target: server, ws: true },
    },
  },
  test: {
    include: ["{kiosk,display,simulation,queue_server}/web/**/*.test.ts"],
    environment: "node",
    passWithNoTests: false,
  },
});
