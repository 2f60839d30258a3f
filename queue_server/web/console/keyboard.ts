// What a key press on the console stands for, by the clerk's own keys.

import type { Keyed } from "./controls";
import { cap, controlOf, type Keymap } from "./keymap";

export type Stroke = { control: Keyed } | { digit: number };

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/**
 * What a key press means on the console, or null when it is not ours.
 *
 * A held key acts once, and shortcuts of the browser stay its own. An input method may hide the letter (`Process`) or
 * type another script, so the place of the key on the board decides when the letter does not.
 */
export function stroke(event: KeyPress, map: Keymap): Stroke | null {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return null;
  const control = controlOf(map, cap(event.code === "NumpadEnter" ? { key: "Enter", code: "" } : event));
  if (control !== null) return { control };
  const digit = map.on ? digitOf(event) : null;
  return digit === null ? null : { digit };
}

/** The digit 1–9 of a key press, wherever it is on the board; null when it is none. */
export function digitOf(event: Pick<KeyPress, "key" | "code">): number | null {
  const digit = /^[1-9]$/.test(event.key) ? event.key : /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  return digit === undefined ? null : Number(digit);
}

/** True when the focused element does something of its own with this key, so the page leaves it alone. */
export function belongsToElement(tag: string, key: string): boolean {
  if (tag === "INPUT" || tag === "TEXTAREA" || tag === "SELECT") return true;
  return (tag === "BUTTON" || tag === "A") && (key === "Enter" || key === " ");
}

export interface Typed {
  readonly number: number;
  readonly at: number;
}

/** The window number typed so far on the choice page: digits within a second of each other belong together (`1` `2` is window 12). */
export function typedWindow(before: Typed | null, digit: number, at: number, known: readonly number[]): Typed {
  const longer = before !== null && at - before.at < 1_000 ? before.number * 10 + digit : digit;
  return { number: known.includes(longer) || longer === digit ? longer : digit, at };
}
