// Which control a key on the keyboard stands for; the same table writes the key caps on the buttons.

import type { Control } from "./press";

export const KEYS: Readonly<Record<Control, string>> = { main: "Enter", recall: "R", start: "S", missed: "M", finish: "F", leave: "L" };

export type Stroke = { control: Control } | { digit: number };

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const CONTROLS = new Map(Object.entries(KEYS).map(([control, key]) => [key.toLowerCase(), control as Control]));

/**
 * What a key press means on the console, or null when it is not ours.
 *
 * A held key acts once, and shortcuts of the browser stay its own. An input method may hide the letter (`Process`) or
 * type another script, so the place of the key on the board decides when the letter does not.
 */
export function stroke(event: KeyPress): Stroke | null {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return null;
  const control = CONTROLS.get(event.key.toLowerCase()) ?? CONTROLS.get(letterOf(event.code));
  if (control !== undefined) return { control };
  const digit = /^[1-9]$/.test(event.key) ? event.key : /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  return digit === undefined ? null : { digit: Number(digit) };
}

function letterOf(code: string): string {
  return code === "NumpadEnter" ? "enter" : code.startsWith("Key") ? code.slice(3).toLowerCase() : "";
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
