/** What the pages are built with is named, and nothing without a licence goes in. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { licence, packageOf } from "./licences.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "licences-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "bell", version: "1.2.3", license: "MIT" }));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a module belongs to the innermost package it lies in, and ours to none", () => {
  expect(packageOf("/hall/node_modules/vue/dist/vue.js?v=1", "/hall")).toBe(join("/hall/node_modules/vue"));
  expect(packageOf("/hall/node_modules/a/node_modules/@b/c/d.js", "/hall")).toBe(join("/hall/node_modules/a/node_modules/@b/c"));
  expect(packageOf("\0vite/preload-helper.js", "/hall")).toBe(join("/hall/node_modules/vite"));
  expect(packageOf("/hall/queue_server/web/start/main.ts", "/hall")).toBeUndefined();
});

test("every word of a package's terms is kept, those of what it bundles too", () => {
  mkdirSync(join(folder, "licenses"));
  mkdirSync(join(folder, "dist"));
  const texts = { LICENSE: "one", "NOTICE.txt": "two", "licenses/LICENSE-d3": "three", "dist/a.js.LICENSE.txt": "four" };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const written = licence(folder, [join(folder, "dist/a.js")]);
  expect(written).toContain("bell 1.2.3");
  for (const text of Object.values(texts)) expect(written).toContain(text);
});

test("a package without a licence file stops the build with a sentence", () => {
  expect(() => licence(folder, [])).toThrow("bell 1.2.3 goes into the pages but has no licence file");
});
