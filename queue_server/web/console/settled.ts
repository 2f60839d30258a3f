// The window as it stands right after an act's answer; lists and figures follow with the next fetch.

import type { Seated, Ticket, WindowReply, WindowView } from "../shared/wire";
import { mayMissAt } from "./acting";

export type Answer = Ticket | WindowReply | Seated | null;

export function isTicket(answer: Answer): answer is Ticket {
  return answer !== null && "number" in answer;
}

/** The view with the answer in it; `now` in hall time, `recallGapMs` from when on a recall counts. */
export function settled(view: WindowView, answer: Answer, now: number, recallGapMs: number): WindowView {
  if (answer !== null && !isTicket(answer)) return { ...view, state: answer.state, paused: answer.paused, help: answer.help };
  const here = standsHere(view, answer);
  const next = answer !== null && view.next?.id === answer.id ? null : view.next;
  return {
    ...view, ticket: here, next, undo: null, may_miss_at: mayMissAt(view, here, now, recallGapMs),
    waiting: view.waiting.flatMap((row) => (row.id !== answer?.id ? [row] : answer.state === "waiting" ? [{ ...row, ...answer }] : [])),
    missed: view.missed.filter(({ id }) => id !== answer?.id),
    held: view.held.filter(({ id }) => id !== answer?.id),
    ...(here?.id === view.ticket?.id ? {} : { owner: null, case: null, notes: [] }),
  };
}

// No answer at all means that nobody was called after a finish; a ticket that went elsewhere leaves the window as it was.
function standsHere(view: WindowView, answer: Ticket | null): Ticket | null {
  if (answer === null) return null;
  if (answer.window === view.window && (answer.state === "called" || answer.state === "serving")) return answer;
  return view.ticket?.id === answer.id ? null : view.ticket;
}
