// Which key stands for which control, as this clerk set it on this browser; refuses a key used twice.

import { KEYED, type Keyed } from "./controls";

/** One key for each control, written as on its cap; null: none. */
export type Keys = Readonly<Record<Keyed, string | null>>;

export interface Keymap {
  /** False: no single key acts except Enter, so speech input and a slip of the hand do nothing. */
  readonly on: boolean;
  readonly keys: Keys;
}

export const DEFAULT_KEYS: Readonly<Record<Keyed, string>> = {
  main: "Enter", recall: "R", start: "K", missed: "M", "more-time": "E", hold: "H", transfer: "T", finish: "F", served: "G", tell: "P", promise: "J", papers: "A", direct: "S",
  number: "I", back: "C", pause: "B", close: "D", help: "Q", leave: "X", lock: "L", keys: "O", undo: "Z", note: "N", notes: "V", "by-hand": "F9",
};

export const DEFAULTS: Keymap = { on: true, keys: DEFAULT_KEYS };

/** The cap of a key that may be given to a control: a letter, Enter, or a function key the browser leaves alone; else null. */
export function cap(event: { readonly key: string; readonly code: string }): string | null {
  if (event.key === "Enter") return "Enter";
  if (/^F(?:[2-46-9]|10)$/.test(event.key)) return event.key;
  const letter = /^[a-z]$/i.test(event.key) ? event.key : /^Key([A-Z])$/.exec(event.code)?.[1];
  return letter === undefined ? null : letter.toUpperCase();
}

/** The map with a control under another key, or why not: a key stands for one control only. */
export function assign(map: Keymap, control: Keyed, key: string | null): { map: Keymap } | { usedBy: Keyed } {
  const by = KEYED.find((other) => other !== control && key !== null && map.keys[other] === key);
  if (by !== undefined) return { usedBy: by };
  return { map: { ...map, keys: { ...map.keys, [control]: key } } };
}

/** The key that works now for a control: none while single keys are off, except Enter, which types nothing. */
export function active(map: Keymap, control: Keyed): string | null {
  const key = map.keys[control];
  return map.on || key === "Enter" ? key : null;
}

/** The control behind a cap, null when there is none. */
export function controlOf(map: Keymap, key: string | null): Keyed | null {
  return key === null ? null : (KEYED.find((control) => active(map, control) === key) ?? null);
}

/** Where a clerk's keys are kept in the browser. */
export function kept(staffNumber: string): string {
  return `onedoor.console.keys.${staffNumber}`;
}

/** Reads a kept map; whatever is not one of ours, or names a key twice, counts as never set. */
export function read(text: string | null): Keymap {
  try {
    const { on, keys } = JSON.parse(text ?? "") as { on: unknown; keys: Record<string, unknown> };
    const taken = new Set(Object.values(keys));
    // A control that came after the map was kept has its own key, unless that one is taken.
    const found = Object.fromEntries(KEYED.map((control) => [control, control in keys ? keys[control] : taken.has(DEFAULT_KEYS[control]) ? null : DEFAULT_KEYS[control]])) as Record<Keyed, unknown>;
    const given = Object.values(found).filter((key) => key !== null);
    const sound = given.every((key) => typeof key === "string" && cap({ key, code: "" }) === key) && new Set(given).size === given.length;
    return sound && typeof on === "boolean" ? { on, keys: found as Keys } : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}
