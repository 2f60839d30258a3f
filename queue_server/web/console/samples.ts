// Tickets and views for the tests of the console, with only what a test cares about spelled out.

import type { HeldTicket, MissedTicket, Ticket, WindowView } from "../shared/wire";

export function ticket(more: Partial<Ticket> = {}): Ticket {
  return {
    id: "8f".repeat(16), number: "A012", business: "A", state: "waiting", language: "zh-Hans", priority: [], issued_at: 0, queued_at: 0, turn: 1, later: [], place: 0, tie: null, ahead: 3,
    window: null, more_time: false, hold: null, called_at: null, calls: 0, started_at: null, finished_at: null, outcome: null, why: null, ...more,
  } as Ticket;
}

export function view(more: Partial<WindowView> = {}): WindowView {
  return {
    window: 5, state: "open", paused: null, help: false, owner: null, notes: [], held: [], undo: null, clerk: { name: "陈静", number: "0105" }, ticket: null, next: null, waiting: [], waiting_count: 4, missed: [],
    may_miss_at: null, calls_needed: 0, finished_today: 0, day: "2026-11-24", at: 100_000, ...more,
  } as WindowView;
}

export function missed(more: Partial<MissedTicket> = {}): MissedTicket {
  return { id: "a1".repeat(16), number: "C031", business: "C", missed_at: 0, until: 1_800_000, returns_left: 2, ...more };
}

export function held(more: Partial<HeldTicket> = {}): HeldTicket {
  return { id: "b2".repeat(16), number: "C022", business: "C", hold: "papers-kept", held_at: 0, held_until: null, awaits: null, kept_at: 5, here: true, ...more };
}
