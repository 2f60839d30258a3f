// A number as somebody types it, and the ticket it stands for.

import type { TicketPage } from "../shared/wire";

/** States of a ticket whose turn is not over. */
export const UNDER_WAY = ["waiting", "called", "serving", "held", "missed"] as const;

interface Numbered {
  readonly id: string;
  readonly number: string;
}

/** `c 036` is C036: no spaces, capitals, full-width characters made plain. */
export function typedNumber(typed: string): string {
  return typed.normalize("NFKC").replace(/\s+/g, "").toUpperCase();
}

/** The ticket of that number among these; null when it is not there. */
export function byNumber(tickets: readonly Numbered[], typed: string): Numbered | null {
  return tickets.find(({ number }) => number === typedNumber(typed)) ?? null;
}

/** Looks a number up page by page in each of these states; null when no such ticket is under way. */
export async function lookUp(page: (query: { state: string; after?: string; limit: number }) => Promise<TicketPage>, typed: string, states: readonly string[]): Promise<string | null> {
  for (const state of states) {
    for (let after: string | null | undefined; after !== null; ) {
      const found: TicketPage = await page({ state, limit: 1_000, ...(after === undefined ? {} : { after }) });
      const ticket = byNumber(found.items, typed);
      if (ticket !== null) return ticket.id;
      after = found.next;
    }
  }
  return null;
}
