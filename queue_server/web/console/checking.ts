// The papers of the item at the window: what the case knows of each, what the clerk found, and what follows for finishing.

import type { BusinessFacts, Case, ItemFacts, PaperFacts, Ticket } from "../shared/wire";
import type { Saying } from "../shared/words";

export type Mark = "here" | "missing";
export type Marks = Readonly<Record<string, Mark>>;

/** One line of the checklist as it stands: null, nobody looked at it yet. */
export interface Line {
  readonly paper: PaperFacts;
  readonly mark: Mark | null;
  /** What the case knew before: looked at on an earlier day, or missing then. */
  readonly known: Saying | null;
}

/** The item that a visitor is here for, before anybody says otherwise: that of the case, of the ticket, or the only one there is. */
export function itemOf(ticket: Ticket | null, goesOn: Case | null, business: BusinessFacts | undefined): string | null {
  if (ticket === null || business === undefined) return null;
  const known = goesOn?.business === business.code ? goesOn.item : null;
  return known ?? ticket.item ?? (business.items.length === 1 ? business.items[0]!.code : null);
}

/** What a case knows of the papers of an item; nothing when it is about another one. */
export function knownOf(goesOn: Case | null, business: string, item: string | null): Pick<Case, "missing" | "checked"> {
  return goesOn !== null && goesOn.business === business && goesOn.item === item ? goesOn : { missing: [], checked: {} };
}

/** The checklist: the clerk's own marks over what the case knew; `today` is the hall's day (ISO). */
export function lines(item: ItemFacts | null, known: Pick<Case, "missing" | "checked">, marks: Marks, today: string, told: (day: string) => string): Line[] {
  return (item?.papers ?? []).map((paper) => {
    const day = known.checked?.[paper.code];
    const lacked = known.missing.includes(paper.code);
    const mark = marks[paper.code] ?? (lacked ? "missing" : day === undefined ? null : "here");
    const own = marks[paper.code] !== undefined;
    if (lacked) return { paper, mark, known: { word: mark === "here" ? "papers.brought" : "papers.lacked" } };
    return { paper, mark, known: day === undefined || (own && mark === "missing") ? null : when(day, today, told) };
  });
}

/** A paper's other mark: what was not looked at is crossed first, for only what is missing needs a press. */
export function turned(marks: Marks, line: Line): Marks {
  return { ...marks, [line.paper.code]: line.mark === "missing" ? "here" : "missing" };
}

/** The codes of all that is marked missing. */
export function missingOf(found: readonly Line[]): string[] {
  return found.filter(({ mark }) => mark === "missing").map(({ paper }) => paper.code);
}

/** The lines a form asks about: for a slip all, on promise only what may follow. */
export function asked(found: readonly Line[], promise: boolean): Line[] {
  return found.filter(({ paper }) => !promise || paper.minor);
}

/** What speaks against an acceptance on promise; null when nothing does. `main` names the main papers that are marked missing. */
export function notOnPromise(item: ItemFacts | null, found: readonly Line[], main: string): Saying | null {
  if (item === null || item.promise_days === null) return { word: "papers.no-promise" };
  if (main !== "") return { word: "papers.not-minor", facts: { papers: main } };
  if (asked(found, true).length === 0) return { word: "papers.none-minor" };
  return missingOf(found).length === 0 ? { word: "papers.none-owed" } : null;
}

function when(day: string, today: string, told: (day: string) => string): Saying {
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  if (days === 0) return { word: "papers.checked-today" };
  return days === 1 ? { word: "papers.checked-yesterday" } : { word: "papers.checked-on", facts: { date: told(day) } };
}
