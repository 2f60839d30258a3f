// How often a phone asks for its ticket. Pure: one step a reply, moments in milliseconds.

import type { OwnTicket, Problem, TicketState } from "../../../queue_server/web/shared/wire";

export const EVERY_MS = 5_000;
export const OLD_MS = 10_000;
const LONGEST_MS = 60_000;
const OVER: readonly TicketState[] = ["finished", "void"];

export interface Asked {
  readonly ticket: OwnTicket | null;
  /** When the ticket came, by a clock that never jumps. */
  readonly came: number | null;
  /** No such ticket: unknown or expired. */
  readonly gone: boolean;
  readonly failures: number;
}

export const NOT_ASKED: Asked = { ticket: null, came: null, gone: false, failures: 0 };

export function answered(ticket: OwnTicket, now: number): Asked {
  return { ticket, came: now, gone: false, failures: 0 };
}

/** A failure keeps what was shown; only "no such ticket" takes it away. */
export function failed(asked: Asked, problem: Pick<Problem, "status">): Asked {
  const gone = problem.status === 404;
  return { ...asked, ticket: gone ? null : asked.ticket, gone, failures: asked.failures + 1 };
}

/** How long to wait before asking again: 5 s, longer with every failure in a row, a minute when nothing more will happen. */
export function pause(asked: Asked): number {
  if (asked.gone || (asked.ticket && OVER.includes(asked.ticket.state) && asked.failures === 0)) return LONGEST_MS;
  return Math.min(LONGEST_MS, EVERY_MS * 2 ** Math.min(asked.failures, 4));
}

/** True when what is shown is too old to be taken for now. */
export function old(asked: Asked, now: number): boolean {
  if (asked.ticket && OVER.includes(asked.ticket.state)) return asked.failures > 0;
  return asked.came === null ? asked.failures > 0 : now - asked.came > OLD_MS;
}
