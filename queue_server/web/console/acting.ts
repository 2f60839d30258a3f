// Which controls may be pressed now, what each would do, and, where one may not, the reason in words the clerk can read beside it.

import type { Act, Ticket, WindowView } from "../shared/wire";
import type { Saying } from "../shared/words";
import type { Control } from "./controls";

export type Link = "joining" | "up" | "lost";

/** What asks for more before it acts. */
export type Form = "hold" | "transfer" | "direct" | "pause" | "tell" | "promise" | "reprint" | "served";

/** What was found of the papers at the window: whether there is a checklist, how many items the business has and papers are marked missing, and the item where the clerk chose another one than the ticket's. */
export interface Found {
  readonly any: boolean;
  readonly items: number;
  readonly missing: number;
  readonly served: string | null;
}

export const NOTHING_FOUND: Found = { any: false, items: 0, missing: 0, served: null };
/** Outcomes that say that all papers are in order. */
const COMPLETE = ["accepted", "completed"];

export interface Situation {
  readonly view: WindowView | null;
  readonly link: Link;
  readonly maxCalls: number;
  /** Hall time, ms UTC. */
  readonly now: number;
  readonly outcome: string;
  /** How many visitors served by hand are still to be entered. */
  readonly unentered?: number;
  readonly papers?: Found;
  /** Everybody leaves the hall: nobody is called. */
  readonly evacuated?: boolean;
}

export interface Offer {
  readonly act: Act;
  readonly body: Readonly<Record<string, unknown>>;
  /** Why it may not be pressed; null when it may. */
  readonly reason: Saying | null;
  /** The form that comes first; null when the press is the act. */
  readonly form: Form | null;
}

/** What a control would do in this situation. */
export function offer(control: Control, situation: Situation): Offer {
  const { view, outcome, papers = NOTHING_FOUND } = situation;
  const ticket = view?.ticket ?? null;
  const nobody = ticket === null ? { word: "reason.nobody" } : null;
  const come = ticket?.state === "serving" ? { word: "reason.serving" } : null;
  const made = (act: Act, reason: Saying | null, body: Offer["body"] = {}, form: Form | null = null): Offer => ({ act, body, reason: closed(control === "help" ? { ...situation, unentered: 0 } : situation) ?? reason, form });
  switch (control) {
    case "main":
      return ticket !== null ? made("finish-next", null, ending(outcome, papers), slipFirst(outcome, papers)) : made("next", leaving(situation) ?? shut(view) ?? empty(view));
    case "recall":
      return made(control, nobody ?? come ?? leaving(situation));
    case "start":
      return made(control, nobody ?? come);
    case "missed":
      return made("missed", nobody ?? come ?? leaving(situation) ?? tooFew(situation));
    case "more-time":
      return made("more-time", nobody ?? come ?? (ticket?.more_time ? { word: "reason.more-time" } : null), { ticket: ticket?.id ?? "" });
    case "finish":
      return made("finish", nobody, ending(outcome, papers), slipFirst(outcome, papers));
    case "served":
      return made("finish-next", nobody ?? (papers.items > 0 ? null : { word: "reason.no-items" }), {}, "served");
    case "tell":
      // Nobody here: a slip may still be printed again.
      return made("papers-missing", ticket !== null && !papers.any ? { word: "reason.no-checklist" } : null, {}, ticket === null ? "reprint" : "tell");
    case "promise":
      return made("on-promise", nobody ?? (papers.any ? null : { word: "reason.no-checklist" }), {}, "promise");
    case "hold":
    case "transfer":
      return made(control, nobody, {}, control);
    case "direct":
      return made("call-given", first(ticket) ?? leaving(situation) ?? shut(view) ?? (empty(view) && { word: "reason.none-waiting" }), {}, "direct");
    case "pause":
      if (view?.state === "closed") return made("open", null);
      return view?.state === "paused" ? made("unpause", null) : made("pause", null, {}, "pause");
    case "close":
      return made("close", first(ticket) ?? (view?.state === "closed" ? { word: "reason.closed" } : null));
    case "help":
      return made(view?.help ? "help-ended" : "help", null);
    case "leave":
      return made("sign-out", first(ticket));
    case "undo":
      return made("undo", undoable(situation));
  }
}

/** The slip that comes before finishing: nobody is accepted by a slip of the hand while a paper is marked missing. */
export function slipFirst(outcome: string, { any, missing }: Pick<Found, "any" | "missing">): "tell" | "promise" | null {
  if (!any) return null;
  if (outcome === "accepted-on-promise") return "promise";
  return outcome === "papers-missing" || (missing > 0 && COMPLETE.includes(outcome)) ? "tell" : null;
}

function ending(outcome: string, { served }: Found): Offer["body"] {
  return served === null ? { outcome } : { outcome, served: [{ item: served, quantity: 1 }] };
}

/** Seconds in which the last act may still be taken back; 0 when it may not. */
export function undoSeconds(view: WindowView | null, now: number): number {
  return view?.undo ? Math.max(0, Math.ceil((view.undo.until - now) / 1_000)) : 0;
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
export function closed({ view, link, unentered = 0 }: Pick<Situation, "view" | "link" | "unentered">): Saying | null {
  if (link === "lost") return { word: "reason.lost" };
  if (link === "joining" || view === null) return { word: "reason.joining" };
  // The hall does not know yet who was served here meanwhile: what is pressed now would be about the wrong visitor.
  return unentered > 0 ? { word: "reason.by-hand-first" } : null;
}

function first(ticket: Ticket | null): Saying | null {
  return ticket === null ? null : { word: "reason.finish-first", facts: { number: ticket.number } };
}

function shut(view: WindowView | null): Saying | null {
  return view?.state === "paused" || view?.state === "closed" ? { word: `reason.${view.state}` } : null;
}

function leaving({ evacuated }: Situation): Saying | null {
  return evacuated === true ? { word: "reason.evacuated" } : null;
}

function empty(view: WindowView | null): Saying | null {
  return view?.waiting_count === 0 ? { word: "reason.no-one-waits" } : null;
}

function undoable({ view, now }: Situation): Saying | null {
  if (view?.undo == null) return { word: "reason.no-undo" };
  return undoSeconds(view, now) === 0 ? { word: "reason.undo-over" } : null;
}

function tooFew({ view, maxCalls, now }: Situation): Saying | null {
  const ticket = view?.ticket;
  if (ticket == null || ticket.calls >= maxCalls) return null;
  const needed = maxCalls - ticket.calls;
  const seconds = Math.ceil(((view?.may_miss_at ?? now) - now) / 1_000);
  if (seconds <= 0) return { word: "reason.call-again", facts: { n: needed }, count: needed };
  return { word: "reason.call-again-in", facts: { n: needed, seconds }, count: needed };
}
