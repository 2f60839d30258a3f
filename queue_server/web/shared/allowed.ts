// What may be done with a number that was looked up, and in which words it is said that something may not.

import type { Ticket } from "./wire";

export type TicketAct = "grade" | "more-time" | "requeue" | "rejoin" | "move" | "mark-timing";

/** Why an act would do nothing for this ticket now; null when it may be tried. */
export function whyNot(act: TicketAct, { state, more_time, hold, timing_wrong }: Ticket): string | null {
  switch (act) {
    case "grade":
      return state === "finished" || state === "void" ? "not.over" : null;
    case "more-time":
      if (more_time) return "not.has-more-time";
      return state === "waiting" || state === "called" ? null : "not.waiting-only";
    case "requeue":
      return state === "missed" ? null : "not.missed-only";
    case "rejoin":
      if (state !== "held") return "not.held-only";
      return hold === "papers-kept" ? "not.papers-kept" : null;
    case "move":
      return state === "waiting" ? null : "not.waiting-only";
    case "mark-timing":
      if (timing_wrong) return "not.timing-marked";
      return state === "serving" || state === "held" || state === "finished" ? null : "not.served-only";
  }
}

/** A number as somebody types it, `c 41` for C041; null when it cannot be one. */
export function typedNumber(text: string): string | null {
  const found = /^([A-Z]{1,2})(\d{1,8})$/.exec(text.normalize("NFKC").toUpperCase().replace(/[\s-]/g, ""));
  return found === null ? null : `${found[1]}${found[2]!.padStart(3, "0")}`;
}

/** A case's code as somebody types it, `abc-2345` for ABC2345; null when it cannot be one. Whether it is one, the server says. */
export function typedCode(text: string): string | null {
  const said = text.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");
  return /^[0-9A-Z]{7}$/.test(said) ? said : null;
}
