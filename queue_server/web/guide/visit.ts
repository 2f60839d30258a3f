// One visitor in front of the guide: what for, which papers, what makes it easier; and what that asks of the server.

import type { BusinessFacts, ItemFacts, Language, PaperFacts, TakeBody } from "../shared/wire";

export type Mark = "here" | "missing";

export interface Visit {
  readonly business: string | null;
  readonly item: string | null;
  readonly marks: Readonly<Record<string, Mark>>;
  readonly priority: readonly string[];
  readonly moreTime: boolean;
  /** Further businesses of the same visit, in order. */
  readonly later: readonly string[];
  /** What the visitor reads and hears. */
  readonly language: Language;
}

export const MOST_LATER = 4;
const NOTE_LIMIT = 200;

export function newcomer(language: Language): Visit {
  return { business: null, item: null, marks: {}, priority: [], moreTime: false, later: [], language };
}

/** The visit for another business; its only item is chosen with it. */
export function withBusiness(visit: Visit, business: BusinessFacts): Visit {
  const only = business.items.length === 1 ? business.items[0]!.code : null;
  return { ...visit, business: business.code, item: only, marks: {}, later: visit.later.filter((code) => code !== business.code) };
}

/** Marks a paper, or takes the mark away when it is the same again. */
export function marked(visit: Visit, paper: string, mark: Mark): Visit {
  const { [paper]: before, ...others } = visit.marks;
  return { ...visit, marks: before === mark ? others : { ...others, [paper]: mark } };
}

export interface Checked {
  readonly here: readonly PaperFacts[];
  readonly missing: readonly PaperFacts[];
  readonly open: readonly PaperFacts[];
}

/** The item's papers by what the guide found. */
export function checked(visit: Visit, item: ItemFacts | null): Checked {
  const by = (mark: Mark | undefined): PaperFacts[] => (item?.papers ?? []).filter((paper) => visit.marks[paper.code] === mark);
  return { here: by("here"), missing: by("missing"), open: by(undefined) };
}

/** What the number's key says: a visitor without all papers gets a number to ask with, and is told so. */
export function takeWord(visit: Visit, item: ItemFacts | null): string {
  const { here, missing, open } = checked(visit, item);
  if (missing.length > 0) return "exit.take-ask";
  return here.length > 0 && open.length === 0 ? "exit.take-all" : "exit.take";
}

/** Why there can be no number yet; null when there can. */
export function notYet(visit: Visit, business: BusinessFacts | null): string | null {
  if (business === null) return "reason.business";
  return business.items.length > 0 && visit.item === null ? "reason.item" : null;
}

/** The wish for a number; only once `notYet` is null. */
export function wish(visit: Visit): TakeBody {
  return { business: visit.business ?? "", item: visit.item, priority: [...visit.priority], later: [...visit.later], language: visit.language };
}

/** What the consultation's note says when the missing papers were told: the item and the codes of the papers. */
export function missingNote(visit: Visit, item: ItemFacts | null): string {
  return `${visit.item ?? ""}: ${checked(visit, item).missing.map((paper) => paper.code).join(", ")}`.slice(0, NOTE_LIMIT);
}

/** Whether somebody of this role may grant a class; the hall says the same again when it is asked. */
export function mayGrant(grantedBy: string, role: string): boolean {
  return grantedBy === "self" || grantedBy === "guide" || role !== "guide";
}
