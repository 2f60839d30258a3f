// The table of keys in docs/console.md names the keys that work.

import { expect, test } from "vitest";
import told from "../../../docs/console.md?raw";
import { DEFAULT_KEYS } from "./keymap";

test("every default key stands in the table, and no other", () => {
  const rows = [...told.matchAll(/^\| ([A-Z]|Enter|F\d+) \|/gm)].map(([, key]) => key);
  expect(rows.sort()).toEqual(Object.values(DEFAULT_KEYS).sort());
});
