/** A step of the build: writes `licences.txt` with the licence of everything by others that went into the pages. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type { Plugin } from "vite";

const MODULES = "/node_modules/";
const TERMS = /^(un)?(licen[cs]e|notice|copying|copyright|thirdparty)/i;
const LINE = "=".repeat(80);
/** What the build itself puts into the pages has no file of its own; these names tell whose it is. */
const BUILDERS = { "plugin-vue": "@vitejs/plugin-vue", rolldown: "rolldown", vite: "vite" };

/** The folder of the package a module comes from; nothing for a module of ours. */
export function packageOf(module: string, root: string): string | undefined {
  const path = module.replaceAll("\\", "/").split("?")[0] ?? "";
  if (path.startsWith("\0")) {
    const builder = Object.entries(BUILDERS).find(([start]) => path.startsWith(start, 1));
    return builder && join(root, MODULES, builder[1]);
  }
  const end = path.lastIndexOf(MODULES);
  if (end < 0) return undefined;
  const [scope = "", name = ""] = path.slice(end + MODULES.length).split("/");
  return join(path.slice(0, end), MODULES, scope, scope.startsWith("@") ? name : "");
}

/** All terms that lie in a package's folder, and those that lie beside one of its `modules`. */
function terms(folder: string, modules: string[]): string[] {
  const within = (place: string, fits: (name: string) => boolean) =>
    existsSync(place)
      ? readdirSync(place, { withFileTypes: true })
          .filter((entry) => entry.isFile() && fits(entry.name))
          .map((entry) => join(place, entry.name))
      : [];
  const beside = modules.map((module) => `${module}.LICENSE.txt`).filter((file) => existsSync(file));
  return [...within(folder, (name) => TERMS.test(name)), ...within(join(folder, "licenses"), () => true), ...beside].sort();
}

/** One package: its name, version and every word of its terms; an error when it has none. */
export function licence(folder: string, modules: string[]): string {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, string>;
  const texts = terms(folder, modules).map((file) => readFileSync(file, "utf8").trim());
  if (!texts.length)
    throw new Error(`The package ${name} ${version} goes into the pages but has no licence file; it cannot be shipped.`);
  return [LINE, `${name} ${version}`, LINE, texts.join("\n\n"), ""].join("\n");
}

/** What really went in, and every dependency of package.json: fonts come by style sheets, which leave no trace. */
export function licences(root: string): Plugin {
  return {
    name: "licences",
    apply: "build",
    generateBundle(_, bundle) {
      const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        dependencies: Record<string, string>;
      };
      const packages = new Map(Object.keys(dependencies).map((name) => [join(root, MODULES, name), [] as string[]]));
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        for (const [module, { renderedLength }] of Object.entries(chunk.modules)) {
          const folder = packageOf(module, root);
          if (folder && renderedLength) packages.set(folder, [...(packages.get(folder) ?? []), module]);
        }
      }
      const all = [...packages].map(([folder, modules]) => licence(folder, modules)).sort();
      const source = ["The pages of OneDoor are built with what follows, each under its own terms.\n", ...all].join("\n");
      this.emitFile({ type: "asset", fileName: "licences.txt", source });
    },
  };
}
