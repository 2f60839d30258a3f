// What the caption line says: each announced call, one after another, in turns of language. Pure. Where a voice speaks, the caption follows the voice instead.

import { say, type Calls } from "./calls";
import type { Call } from "../../../queue_server/web/shared/wire";

/** One language of one call stays readable this long. */
export const TURN_MS = 4_000;

export interface Caption {
  readonly call: Call;
  /** Which of the display's languages is being said. */
  readonly turn: number;
  readonly since: number;
}

/**
 * Moves the caption on: the next language, then the next call, then rest (null). While other calls wait to be said,
 * each is said in its first language only, so that the caption keeps up with the rows.
 */
export function speak(caption: Caption | null, calls: Calls, now: number, languages: number): [Caption | null, Calls] {
  if (caption !== null && now - caption.since < TURN_MS) return [caption, calls];
  if (caption !== null && caption.turn + 1 < languages && calls.toSay.length === 0) {
    return [{ ...caption, turn: caption.turn + 1, since: now }, calls];
  }
  const [call, rest] = say(calls);
  return [call && { call, turn: 0, since: now }, rest];
}
