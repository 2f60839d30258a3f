// One press, one act: a second press of the same control within 800 ms repeats the first wish under its own key.

import type { Act } from "../shared/wire";
import type { Control } from "./controls";

export const DOUBLE_PRESS_MS = 800;

/** What is pressed: a control, or the row of a ticket; the main key stands for "next" or "finish-next", so the guard watches this and not the act. */
export type Pressed = Control | `row ${string}`;

export interface Wish {
  readonly control: Pressed;
  readonly act: Act;
  readonly window: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Press extends Wish {
  readonly key: string;
  readonly pressedAt: number;
}

/**
 * The press to send for a wish made at `at` (ms of a clock that never jumps).
 *
 * Pressing the same control again soon gives back the earlier wish with its key, whatever the page shows by then: the
 * first press may have brought a new visitor already, and the second must not finish that one. Every press of a burst
 * counts from the one before it, so hammering a key is one act as well.
 */
export function pressed(last: Press | null, wish: Wish, at: number, newKey: () => string): { press: Press; again: boolean } {
  if (last !== null && last.control === wish.control && last.window === wish.window && at - last.pressedAt < DOUBLE_PRESS_MS) {
    return { press: { ...last, pressedAt: at }, again: true };
  }
  return { press: { ...wish, key: newKey(), pressedAt: at }, again: false };
}

/** A key or a click, and on which part of the page it came down. */
export interface Touch {
  readonly key: string;
  readonly surface: string;
  readonly at: number;
}

const ACTS = /^(?:.|Enter|F\d+|click)$/u;

/**
 * Whether a touch is the second half of a double press that would now meet another part of the page.
 *
 * The first half may have closed a panel or taken a row away; the Enter that was meant for it must not call the next
 * visitor, and the letter that opened a field must not be typed into it. Keys that only walk (Tab, arrows) never stray.
 */
export function strays(last: Touch | null, touch: Touch): boolean {
  return last !== null && ACTS.test(touch.key) && last.key === touch.key && last.surface !== touch.surface && touch.at - last.at < DOUBLE_PRESS_MS;
}
