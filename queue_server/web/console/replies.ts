// What the page says after an act: the server's answer, or its silence, as a sentence where the clerk looks.

import { Problem, type Act, type Ticket, type WindowView } from "../shared/wire";
import type { Saying } from "../shared/words";
import { isTicket, type Answer } from "./settled";

export type Tone = "done" | "attention" | "stop";

export interface Message {
  readonly tone: Tone;
  /** One of our own sentences … */
  readonly saying: Saying | null;
  /** … or the server's, already in the reader's language. */
  readonly text: string;
}

/** Codes with a sentence of ours: the socket does not know which language the page shows. Every other refusal is told in the server's words. */
export const OWN_CODES: readonly string[] = [
  "window-busy", "nobody-here", "wrong-state", "too-few-calls", "window-taken", "not-your-window", "window-closed", "clerk-elsewhere", "unknown-outcome",
  "window-paused", "window-open", "not-paused", "unknown-reason", "help-asked", "no-help-asked", "direct-call-off", "not-here", "not-there", "clerk-not-there", "sent-to-suspended", "same-window",
  "unknown-clerk", "unknown-window", "unknown-business", "unknown-ticket", "held-elsewhere", "papers-kept", "papers-not-kept", "awaits-itself", "too-many-returns", "may-not-grant", "unknown-class",
  "nothing-to-undo", "undo-too-late", "undo-overtaken", "hall-evacuated",
  "key-reused", "sign-in-failed", "too-many-requests", "csrf-missing", "token-missing", "wrong-role", "storage-unavailable", "unreachable", "no-answer", "unreadable",
];

export const quiet: Message = { tone: "done", saying: null, text: "" };

/** What stood at the window when the key was pressed: the visitor, whether it called, and what an undo would take back. */
export type Before = Pick<WindowView, "ticket" | "undo" | "state">;

/** After an act that went through; `answer` is what came back (null: nobody waits). */
export function afterAct(act: Act, answer: Answer, { ticket: before, undo, state }: Before): Message {
  const ticket = isTicket(answer) ? answer : null;
  const number = ticket?.number ?? before?.number ?? "";
  const done = (word: string, facts: Saying["facts"] = { number }): Message => ({ tone: "done", saying: { word, facts }, text: "" });
  const heed = (word: string, facts: Saying["facts"] = { number }): Message => ({ tone: "attention", saying: { word, facts }, text: "" });
  switch (act) {
    case "next":
      return ticket === null ? heed("said.no-one-waits") : done("said.called");
    case "finish-next":
      if (ticket === null) return heed(state === "paused" ? "said.finished-paused" : "said.finished-none-waits", { number: before?.number ?? "" });
      return before === null ? done("said.called") : done("said.finished-called", { before: before.number, number });
    case "call-given":
      return done("said.called");
    case "move":
      return done("said.move", { number, business: ticket?.business ?? "" });
    case "recall":
      return recalled(ticket, before, number);
    case "start":
      return done("said.started");
    case "finish":
      return done(ticket?.state === "waiting" ? "said.next-turn" : "said.finished");
    case "hold":
      return done(`said.held-${ticket?.hold ?? "papers-with-visitor"}`);
    case "transfer":
      // Papers of another window were taken over, or whoever stood here was sent on.
      return done(before === null || before.id !== ticket?.id ? "said.taken-over" : "said.transfer");
    case "papers-missing":
    case "on-promise":
      return done(ticket?.state === "waiting" ? "said.next-turn" : `said.${act}`);
    case "undo":
      return done("said.undone", { number: undo?.number ?? number, act: undo?.act ?? "" });
    case "missed":
    case "more-time":
    case "resume":
    case "rejoin":
    case "requeue":
    case "grade":
    case "mark-timing":
    case "open":
    case "close":
    case "unpause":
    case "help":
    case "help-ended":
      return done(`said.${act}`);
    case "pause":
      // Whoever is at the window is served to the end first.
      return before === null ? done("said.pause") : done("said.pause-after", { number: before.number });
    case "sign-in":
    case "sign-out":
      return quiet;
  }
}

/** After an act that did not go through, or of which nothing is known. */
export function afterProblem(problem: Problem): Message {
  const unknown = problem.code === "no-answer";
  const tone: Tone = problem.passing ? "stop" : "attention";
  if (!OWN_CODES.includes(problem.code) && problem.detail !== "") return { tone, saying: null, text: problem.detail };
  const word = OWN_CODES.includes(problem.code) ? `problem.${problem.code}` : "problem.other";
  return { tone: unknown ? "stop" : tone, saying: { word, facts: { code: problem.code, ...figures(problem.facts) } }, text: "" };
}

function recalled(ticket: Ticket | null, before: Ticket | null, number: string): Message {
  const calls = ticket?.calls ?? 0;
  const counted = before === null || calls > before.calls;
  return { tone: "done", saying: { word: counted ? "said.recalled" : "said.recalled-uncounted", facts: { number, calls } }, text: "" };
}

function figures(facts: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string | number] => ["string", "number"].includes(typeof entry[1])));
}
