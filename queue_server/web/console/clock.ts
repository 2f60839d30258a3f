// How long a visitor has waited and been served, as the console counts it.

import { minutes } from "../shared/time";
import type { Ticket } from "../shared/wire";

/** Since when the running time of a ticket at the window counts: its start, else its first call (ms UTC). */
export function countsFrom(ticket: Ticket): number | null {
  return ticket.state === "serving" ? ticket.started_at : ticket.called_at;
}

/** Whole minutes a ticket waited in this turn: to its first call, or to `now` while it still waits. */
export function waited(ticket: Pick<Ticket, "queued_at" | "called_at">, now: number): number {
  return minutes((ticket.called_at ?? now) - ticket.queued_at);
}

/** The longest wait among the tickets listed, in whole minutes; null when nobody is listed. */
export function longest(tickets: readonly Ticket[], now: number): number | null {
  return tickets.length === 0 ? null : Math.max(...tickets.map((ticket) => waited(ticket, now)));
}
