// The list a clerk works by hand while there is no link: whom to call next, what was marked, and what is entered afterwards.

import type { ByHandBody, ByHandLine, CallListed, HallFacts, WindowView } from "../shared/wire";
import type { Saying } from "../shared/words";

/** One visitor as marked by hand; moments in hall time (ms UTC), null for what did not happen. */
export interface Line {
  readonly id: string;
  readonly number: string;
  readonly business: string;
  readonly called_at: number | null;
  readonly started_at: number | null;
  readonly finished_at: number | null;
  readonly outcome: string | null;
  readonly missed_at: number | null;
  /** From when they may be marked as missed: three calls take their time by voice as well. */
  readonly may_miss_at: number;
}

/** A list on its way to the server: the same key and words until it is answered, whatever happens to the page. */
export interface Sent {
  readonly key: string;
  readonly body: ByHandBody;
}

export interface Noted {
  /** The last moment of which the window knew. */
  readonly since: number;
  /** Who was at the window when the link broke, and whether they had come already. */
  readonly here: Line | null;
  readonly served: boolean;
  readonly lines: readonly Line[];
  /** The lines before the last mark, for taking it back. */
  readonly before: readonly Line[] | null;
  readonly sent: Sent | null;
}

type Calls = Pick<HallFacts["settings"], "max_calls" | "recall_gap_ms">;

const NO_MOMENTS = { called_at: null, started_at: null, finished_at: null, outcome: null, missed_at: null } as const;

/** Nothing marked yet: the window as it was last seen. */
export function begin(view: Pick<WindowView, "at" | "ticket" | "may_miss_at" | "calls_needed">, { recall_gap_ms }: Calls): Noted {
  const { ticket } = view;
  const base = { since: view.at, lines: [], before: null, sent: null };
  if (ticket === null) return { ...base, here: null, served: false };
  // `may_miss_at` is when one more call counts; of those that are needed besides, each takes a gap of its own.
  const gap = recall_gap_ms * (ticket.more_time ? 2 : 1);
  const from = view.may_miss_at === null ? view.at : view.may_miss_at + Math.max(0, view.calls_needed - 1) * gap;
  const here = { id: ticket.id, number: ticket.number, business: ticket.business, ...NO_MOMENTS, may_miss_at: from };
  return { ...base, here, served: ticket.state === "serving" };
}

export const ended = (line: Line): boolean => line.finished_at !== null || line.missed_at !== null;

/** Who is at the window by the marks; null when nobody is. */
export function current(noted: Noted): Line | null {
  const last = noted.lines.at(-1);
  if (last === undefined) return noted.here;
  return ended(last) ? null : last;
}

/** Whether who is at the window has come. */
export const serving = (noted: Noted): boolean => {
  const here = current(noted);
  return here !== null && (here.started_at !== null || (here.id === noted.here?.id && noted.served));
};

/** Whom the kept list still holds, in order. */
export function waiting(items: readonly CallListed[], noted: Noted): readonly CallListed[] {
  const gone = new Set([noted.here?.id, ...noted.lines.map(({ id }) => id)]);
  return items.filter(({ id }) => !gone.has(id));
}

export function call(noted: Noted, item: CallListed, at: number, { max_calls, recall_gap_ms }: Calls): Noted {
  const called_at = after(noted, at);
  const may_miss_at = called_at + (max_calls - 1) * recall_gap_ms * (item.more_time ? 2 : 1);
  const line = { id: item.id, number: item.number, business: item.business, ...NO_MOMENTS, called_at, may_miss_at };
  return marked(noted, [...noted.lines, line]);
}

export const came = (noted: Noted, at: number): Noted => onCurrent(noted, { started_at: after(noted, at) });
export const missed = (noted: Noted, at: number): Noted => onCurrent(noted, { missed_at: after(noted, at) });
export const finish = (noted: Noted, outcome: string, at: number): Noted => onCurrent(noted, { finished_at: after(noted, at), outcome });

/** Two marks that were one press, so that they are taken back together. */
export const together = (before: Noted, now: Noted): Noted => ({ ...now, before: before.lines });

export function undo(noted: Noted): Noted {
  return noted.before === null ? noted : { ...noted, lines: noted.before, before: null };
}

export function without(noted: Noted, id: string): Noted {
  return { ...noted, lines: noted.lines.filter((line) => line.id !== id), before: null };
}

export function withOutcome(noted: Noted, id: string, outcome: string): Noted {
  return { ...noted, lines: noted.lines.map((line) => (line.id === id ? { ...line, outcome } : line)), before: null };
}

/** What is sent; nothing in it lies after `now`, though the clock of this computer may have run ahead meanwhile. */
export function body(noted: Noted, now: number): ByHandBody {
  const at = (moment: number | null): number | null => (moment === null ? null : Math.min(moment, now));
  const lines = noted.lines.map(({ id, outcome, ...line }) => ({
    ticket: id,
    called_at: at(line.called_at),
    started_at: at(line.started_at),
    finished_at: at(line.finished_at),
    outcome,
    missed_at: at(line.missed_at),
  }));
  return { since: noted.since, lines };
}

/** What is left once a list was answered: what was marked while it was on its way; null when that is nothing. */
export function rest(noted: Noted, sent: Sent): Noted | null {
  const lines = noted.lines.flatMap((line) => {
    const told = sent.body.lines.find(({ ticket }) => ticket === line.id);
    if (told === undefined) return [line];
    const more = line.finished_at !== null || line.missed_at !== null || line.started_at !== null;
    if (!more || told.finished_at != null || told.missed_at != null || (told.started_at != null && !ended(line))) return [];
    // The hall knows the call by now, so that only what came after it is still to be told.
    return [{ ...line, called_at: null, started_at: told.started_at == null ? line.started_at : null }];
  });
  return lines.length === 0 ? null : { ...noted, lines, before: null, sent: null };
}

/** Why a line was not entered, in words. */
export function conflict({ number, state, window, conflict: why }: ByHandLine): Saying {
  if (why !== "taken") return { word: `by-hand.conflict.${why ?? "taken"}`, facts: { number } };
  if (state === "void" || window === null) return { word: `by-hand.conflict.${state === "void" ? "void" : "taken"}`, facts: { number } };
  return { word: "by-hand.conflict.window", facts: { number, window } };
}

/** What was kept, or null when it cannot be read. */
export function read(text: string | null): Noted | null {
  try {
    const said = JSON.parse(text ?? "") as Noted;
    return typeof said.since === "number" && Array.isArray(said.lines) && said.lines.every(({ id, number }) => typeof id === "string" && typeof number === "string") ? said : null;
  } catch {
    return null;
  }
}

// Marks never run back, whatever the clock does.
function after(noted: Noted, at: number): number {
  const last = noted.lines.at(-1);
  return Math.max(at, noted.since, ...[last?.called_at, last?.started_at, last?.finished_at, last?.missed_at].map((moment) => moment ?? 0));
}

function onCurrent(noted: Noted, moments: Partial<Line>): Noted {
  const here = current(noted);
  if (here === null) return noted;
  const rest = noted.lines.filter(({ id }) => id !== here.id);
  return marked(noted, [...rest, { ...here, ...moments }]);
}

function marked(noted: Noted, lines: readonly Line[]): Noted {
  return { ...noted, lines, before: noted.lines };
}
