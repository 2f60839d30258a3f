// Lengths of time as the console writes them.

import { hallTime, minutes } from "../shared/time";
import type { Ticket } from "../shared/wire";

/** `06:42`, and `1:06:42` from an hour on; never below zero. */
export function running(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** `10:31:08` in the hall's time zone; seconds are the same in every zone. */
export function clockTime(at: number, timeZone: string): string {
  return `${hallTime(at, timeZone)}:${String(Math.floor(at / 1_000) % 60).padStart(2, "0")}`;
}

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
