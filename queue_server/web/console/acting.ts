// Which controls may be pressed now, what each would do, and, where one may not, the reason in words the clerk can read beside it.

import type { Act, Ticket, WindowView } from "../shared/wire";
import type { Control, Wish } from "./press";

/** A sentence of the language files with its figures. */
export interface Saying {
  readonly word: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  /** The figure English bends the noun after. */
  readonly count?: number;
}

export type Link = "joining" | "up" | "lost";

export interface Situation {
  readonly view: WindowView | null;
  readonly link: Link;
  readonly maxCalls: number;
  /** Hall time, ms UTC. */
  readonly now: number;
  readonly outcome: string;
}

export interface Offer {
  readonly act: Act;
  readonly body: Readonly<Record<string, unknown>>;
  /** Why it may not be pressed; null when it may. */
  readonly reason: Saying | null;
}

export const CONTROLS: readonly Control[] = ["recall", "start", "missed", "finish", "leave"];

/** What a control would do in this situation. */
export function offer(control: Control, situation: Situation): Offer {
  const { view, outcome } = situation;
  const state = view?.ticket?.state;
  const plain = (act: Act, reason: Saying | null, body: Offer["body"] = {}): Offer => ({ act, body, reason: closed(situation) ?? reason });
  const here = state === undefined ? { word: "reason.nobody" } : null;
  const come = state === "serving" ? { word: "reason.serving" } : null;
  switch (control) {
    case "main":
      if (state !== undefined) return plain("finish-next", null, { outcome });
      return plain("next", view?.waiting_count === 0 ? { word: "reason.no-one-waits" } : null);
    case "recall":
      return plain("recall", here ?? come);
    case "start":
      return plain("start", here ?? come);
    case "missed":
      return plain("missed", here ?? come ?? tooFew(situation));
    case "finish":
      return plain("finish", here, { outcome });
    case "leave":
      return plain("sign-out", here === null ? { word: "reason.finish-first", facts: { number: view?.ticket?.number ?? "" } } : null);
  }
}

/** The wish a control makes at this window. */
export function wish(control: Control, window: number, made: Offer): Wish {
  return { control, act: made.act, window, body: made.body };
}

/** From when a recall counts again, shown in the moment between an act's answer and the next fetch, which brings the hall's own word. */
export function mayMissAt(before: WindowView, here: Ticket | null, now: number, recallGapMs: number): number | null {
  if (here === null || here.state !== "called") return null;
  const counted = here.id !== before.ticket?.id || here.calls !== before.ticket.calls;
  return counted ? now + recallGapMs : before.may_miss_at;
}

/** The reason as it is said in the message line, which stands still: a countdown belongs beside the key alone. */
export function standing(reason: Saying): Saying {
  return reason.word === "reason.call-again-in" ? { ...reason, word: "reason.call-again" } : reason;
}

// A page that cannot be sure of the server offers nothing: a key that seems to work is worse than none.
function closed({ view, link }: Situation): Saying | null {
  if (link === "lost") return { word: "reason.lost" };
  return link === "joining" || view === null ? { word: "reason.joining" } : null;
}

function tooFew({ view, maxCalls, now }: Situation): Saying | null {
  const ticket = view?.ticket;
  if (ticket == null || ticket.calls >= maxCalls) return null;
  const needed = maxCalls - ticket.calls;
  const seconds = Math.ceil(((view?.may_miss_at ?? now) - now) / 1_000);
  if (seconds <= 0) return { word: "reason.call-again", facts: { n: needed }, count: needed };
  return { word: "reason.call-again-in", facts: { n: needed, seconds }, count: needed };
}
