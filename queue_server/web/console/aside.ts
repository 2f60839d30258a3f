// Who is not waiting but may come back: the missed and the held, what brings each back, and which rows fit.

import type { Act, HeldTicket, MissedTicket, WindowView } from "../shared/wire";
import type { Saying } from "../shared/words";
import { closed, type Situation } from "./acting";
import type { Wish } from "./press";

export interface Row {
  readonly id: string;
  readonly number: string;
  readonly business: string;
  readonly act: Act;
  /** Why it cannot come back now; null when it can. */
  readonly reason: Saying | null;
  readonly missed: MissedTicket | null;
  readonly held: HeldTicket | null;
}

/** The rows of the missed list, newest first. */
export function missedRows(situation: Situation): Row[] {
  return (situation.view?.missed ?? []).map((missed) => ({
    ...named(missed), act: "requeue", missed, held: null,
    reason: closed(situation) ?? (missed.returns_left > 0 ? (missed.until > situation.now ? null : { word: "missed.over" }) : { word: "missed.no-returns" }),
  }));
}

/** The rows of the held list: papers kept here go on at once, once the window is free; papers of a window that nobody attends are taken over; all others go back through the queue. */
export function heldRows(situation: Situation): Row[] {
  return (situation.view?.held ?? []).map((held) => {
    const act = held.hold !== "papers-kept" ? "rejoin" : held.here ? "resume" : "transfer";
    return { ...named(held), act, missed: null, held, reason: closed(situation) ?? (act === "resume" ? taken(situation.view) : null) };
  });
}

/** What the act of a row takes: who takes papers over has the visitor wait for this `window`, with `note` for the record. */
export function bringing(row: Row, window: number, note: string): Wish["body"] {
  return row.act === "transfer" ? { ticket: row.id, business: row.business, to_window: window, note } : { ticket: row.id };
}

function named({ id, number, business }: MissedTicket | HeldTicket): Pick<Row, "id" | "number" | "business"> {
  return { id, number, business };
}

function taken(view: WindowView | null): Saying | null {
  return view?.ticket ? { word: "reason.finish-first", facts: { number: view.ticket.number } } : null;
}

/** How many rows of each list fit into `room` rows together: each an equal part, and what another leaves free. */
export function shared(counts: readonly number[], room: number): number[] {
  const given = counts.map(() => 0);
  const wanting = (): number[] => [...counts.keys()].filter((list) => given[list]! < counts[list]!);
  for (let left = room; left > 0 && wanting().length > 0; ) {
    for (const list of wanting().slice(0, left)) {
      given[list]! += 1;
      left -= 1;
    }
  }
  return given;
}

/** The first row to show so that row `at` of `count` is among the `room` shown. */
export function scrolled(from: number, at: number, count: number, room: number): number {
  const moved = at < from ? at : at >= from + room ? at - room + 1 : from;
  return Math.max(0, Math.min(moved, count - room));
}

/** Whole minutes begun until a moment, never below 0. */
export function minutesLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 60_000));
}
