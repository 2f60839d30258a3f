/**
 * A step of the build: lists which font slice holds which characters, for the printed slip (kiosk/typeface.py).
 * A slice that a page already brought along (same content) is pointed at; any other is copied beside the list.
 */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import type { Plugin } from "vite";

const WEIGHTS = ["400", "700"] as const;
const PACKAGES = { "Noto Sans SC": "noto-sans-sc", "Noto Sans TC": "noto-sans-tc", B612: "b612" };

type Slice = { ranges: string } & Record<string, string>;

const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

function alreadyBuilt(folder: string): Map<string, string> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".woff2")) : [];
  return new Map(names.map((name) => [digest(join(folder, name)), join(folder, name)]));
}

/** Writes `fonts/index.json` into the built pages: family → slices, each with its characters and a file per weight. */
export function listFonts(root: string, built: string): void {
  const fonts = join(built, "fonts");
  mkdirSync(fonts, { recursive: true });
  const known = alreadyBuilt(join(built, "assets"));
  const place = (path: string, name: string) => {
    const found = known.get(digest(path));
    if (!found) copyFileSync(path, join(fonts, name));
    return relative(fonts, found ?? join(fonts, name)).replaceAll("\\", "/");
  };
  const index: Record<string, Slice[]> = {};
  for (const [family, name] of Object.entries(PACKAGES)) {
    const folder = join(root, "node_modules/@fontsource", name);
    const slices = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8")) as Record<string, string>;
    index[family] = Object.entries(slices).map(([slice, ranges]) => {
      const files = WEIGHTS.map((weight) => {
        const file = `${name}-${slice.replace(/[[\]]/g, "")}-${weight}-normal.woff2`;
        return [weight, place(join(folder, "files", file), file)];
      });
      return { ranges: ranges.replaceAll("U+", "").toLowerCase(), ...Object.fromEntries(files) } as Slice;
    });
  }
  writeFileSync(join(fonts, "index.json"), JSON.stringify(index));
}

/** Runs the step after every build of the pages. */
export function slipFonts(): Plugin {
  let places = { root: ".", built: "." };
  return {
    name: "slip-fonts",
    apply: "build",
    configResolved: ({ root, build }) => {
      places = { root, built: resolve(root, build.outDir) };
    },
    closeBundle: () => listFonts(places.root, places.built),
  };
}
