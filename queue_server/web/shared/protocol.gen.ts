// The messages of docs/protocol.md as types, for the pages.

export type Names = Record<string, string>;
export type TicketState = "waiting" | "called" | "serving" | "missed" | "finished" | "void";
export type WindowState = "closed" | "free" | "calling" | "serving";
export type Act = "next" | "recall" | "start" | "finish" | "finish-next" | "missed" | "sign-in" | "sign-out";

export interface Why {
  cause: "longest" | "head-start" | "secondary" | "only";
  reluctance_ms: number;
  passed: number;
}

export interface Ticket {
  id: string;
  number: string;
  business: string;
  state: TicketState;
  language: string;
  priority: string[];
  issued_at: number;
  place: number;
  ahead: number | null;
  window: number | null;
  called_at: number | null;
  calls: number;
  started_at: number | null;
  finished_at: number | null;
  outcome: string | null;
  why?: Why | null;
  /** Only in the answer to a take. */
  token?: string | null;
}

/** What a visitor may see of the own ticket. */
export interface OwnTicket {
  number: string;
  business: string;
  state: TicketState;
  ahead: number | null;
  window: number | null;
  calls: number;
  issued_at: number;
  hall: string;
  /** The hall's names. */
  names: Names;
  time_zone: string;
  business_names: Names;
  windows_open: number;
  at: number;
}

export interface TicketPage {
  items: Ticket[];
  next: string | null;
}

export interface WaitingTicket extends Ticket {
  waited_ms: number;
}

export interface MissedTicket {
  number: string;
  missed_at: number;
  business: string;
}

export interface Clerk {
  name: string;
  number: string;
}

/** Who sits at a window after signing in or out. */
export interface Seated {
  window: number;
  state: "open" | "closed";
  clerk: Clerk | null;
}

export interface WindowView {
  window: number;
  state: "open" | "closed";
  clerk: Clerk | null;
  ticket: Ticket | null;
  next: WaitingTicket | null;
  waiting: WaitingTicket[];
  waiting_count: number;
  missed: MissedTicket[];
  may_miss_at: number | null;
  calls_needed: number;
  finished_today: number;
  at: number;
}

export interface BusinessFacts {
  code: string;
  names: Names;
  note: Names | null;
}

export interface ZoneFacts {
  code: string;
  names: Names;
}

export interface WindowFacts {
  window: number;
  zone: string | null;
  serves: Record<string, number>;
}

export interface PriorityClassFacts {
  code: string;
  names: Names;
  head_start_ms: number;
}

export interface HallFacts {
  hall: string;
  names: Names;
  time_zone: string;
  businesses: BusinessFacts[];
  zones: ZoneFacts[];
  windows: WindowFacts[];
  classes: PriorityClassFacts[];
  settings: { max_calls: number; recall_gap_ms: number; return_within_ms: number };
  outcomes: string[];
  public_url: string;
}

export interface Call {
  id: number;
  number: string;
  business: string;
  window: number;
  zone: string | null;
  at: number;
  recall: boolean;
}

export interface BoardWaiting {
  business: string;
  waiting: number;
  ahead: number;
}

export interface BoardWindow {
  window: number;
  state: WindowState;
  number: string | null;
}

export interface Board {
  hall: string;
  epoch: string;
  version: number;
  at: number;
  calls: Call[];
  waiting: BoardWaiting[];
  windows: BoardWindow[];
}

export interface Heartbeat {
  hall: string;
  epoch: string;
  version: number;
  at: number;
}

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  [fact: string]: unknown;
}

/** The session; everything but `user` only when somebody is signed in. */
export interface Session {
  user: { name: string; display_name: string; number: string; role: "kiosk" | "clerk" | "manager" | "display" } | null;
  hall?: string | null;
  csrf?: string | null;
  window?: number | null;
}
