// The windows as the choice page shows them: who sits where, and which may be taken.

import type { WindowFacts, WindowState, WindowView } from "../shared/wire";

/** What a window does, read from its view. */
export function windowState(view: Pick<WindowView, "state" | "ticket">): WindowState {
  if (view.ticket !== null) return view.ticket.state === "serving" ? "serving" : "calling";
  return view.state === "open" ? "free" : view.state;
}

export interface Choice {
  readonly window: number;
  readonly zone: string | null;
  readonly state: WindowState;
  readonly number: string | null;
  readonly clerk: { name: string; number: string } | null;
  readonly seat: "free" | "mine" | "taken" | "unknown";
}

/** One card a window, in order; a window whose view did not come yet is `unknown` and may be tried. */
export function choices(windows: readonly WindowFacts[], views: ReadonlyMap<number, WindowView>, me: string): Choice[] {
  return windows.map(({ window, zone }) => {
    const view = views.get(window);
    const clerk = view?.clerk ?? null;
    const seat = view === undefined ? "unknown" : clerk === null ? "free" : clerk.number === me ? "mine" : "taken";
    return { window, zone, state: view === undefined ? "free" : windowState(view), number: view?.ticket?.number ?? null, clerk, seat };
  });
}

/** Whether this person may free the window that somebody left behind: a manager, and no visitor is there. */
export function mayFree(card: Choice, role: string): boolean {
  return role === "manager" && card.seat === "taken" && card.number === null;
}

/** The businesses of a window: its main work, and what it helps with when those have waited longer. */
export function work(facts: Pick<WindowFacts, "serves">, all: readonly string[]): { main: string[]; helps: string[]; everything: boolean } {
  const served = all.filter((code) => code in facts.serves);
  const main = served.filter((code) => facts.serves[code] === 0);
  const helps = served.filter((code) => facts.serves[code] !== 0);
  return { main, helps, everything: main.length === all.length };
}
