// Tickets and views for the tests of the console, with only what a test cares about spelled out.

import type { Ticket, WindowView } from "../shared/wire";

export function ticket(more: Partial<Ticket> = {}): Ticket {
  return {
    id: "8f".repeat(16), number: "A012", business: "A", state: "waiting", language: "zh-Hans", priority: [], issued_at: 0, place: 0, ahead: 3,
    window: null, called_at: null, calls: 0, started_at: null, finished_at: null, outcome: null, why: null, ...more,
  } as Ticket;
}

export function view(more: Partial<WindowView> = {}): WindowView {
  return {
    window: 5, state: "open", clerk: { name: "陈静", number: "0105" }, ticket: null, next: null, waiting: [], waiting_count: 4, missed: [],
    may_miss_at: null, calls_needed: 0, finished_today: 0, at: 100_000, ...more,
  } as WindowView;
}
