// The places a clerk presses on the console: those that act at the window, those that stay on the page, and where each stands.

import type { SymbolName } from "../shared/symbols";

/** Ask something of the server; some open a panel first. */
export type Control =
  | "main" | "recall" | "start" | "missed" | "more-time" | "hold" | "transfer" | "served" | "finish" | "tell" | "promise" | "direct" | "pause" | "close" | "help" | "leave" | "undo";

/** Change only the page: they work without a link as well, except the way into the lists and to a number. */
export type Local = "number" | "back" | "note" | "notes" | "papers" | "lock" | "keys" | "by-hand";

export type Keyed = Control | Local;

/** The upper row of the key bar: the visitor who is here. */
export const VISITOR_KEYS = ["recall", "start", "missed", "more-time", "hold", "transfer", "tell", "served", "finish"] as const satisfies readonly Control[];

/** The lower row: the window, and whoever was put aside. */
export const WINDOW_KEYS = ["direct", "number", "back", "pause", "close", "help", "leave", "lock", "keys"] as const satisfies readonly Keyed[];

export const ACTING: readonly Control[] = ["main", ...VISITOR_KEYS, "promise", "direct", "pause", "close", "help", "leave", "undo"];
export const KEYED: readonly Keyed[] = ["main", ...VISITOR_KEYS, ...WINDOW_KEYS, "undo", "note", "notes", "papers", "promise", "by-hand"];

const LOCAL: ReadonlySet<string> = new Set<Local>(["number", "back", "note", "notes", "papers", "lock", "keys", "by-hand"]);

/** Whether a control changes the page only. */
export function isLocal(control: Keyed): control is Local {
  return LOCAL.has(control);
}

export const SYMBOLS: Readonly<Record<Keyed, SymbolName>> = {
  main: "arrow", recall: "again", start: "sheet", missed: "flag", "more-time": "clock", hold: "hold", transfer: "transfer", finish: "check", served: "list", tell: "printer", promise: "sheet", papers: "list", direct: "speaker",
  number: "help", back: "people", pause: "pause", close: "cross", help: "hand", leave: "back", lock: "lock", keys: "list", undo: "undo", note: "sheet", notes: "sheet", "by-hand": "list",
};
