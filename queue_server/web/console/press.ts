// One press, one act: a second press of the same control within 800 ms repeats the first wish under its own key.

import type { Act } from "../shared/wire";

export const DOUBLE_PRESS_MS = 800;

/** A place the clerk presses: the main key stands for "next" or "finish-next", so the guard watches the control and not the act. */
export type Control = "main" | "recall" | "start" | "missed" | "finish" | "leave";

export interface Wish {
  readonly control: Control;
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
