// The messages on the wire, written by `make types` from queue_server/protocol.py: change that instead.

export type Language = "zh-Hans" | "zh-Hant" | "en";
export type Role = "kiosk" | "clerk" | "manager" | "display";
export type TicketState = "waiting" | "called" | "serving" | "missed" | "finished" | "void";
export type WindowState = "closed" | "free" | "calling" | "serving";
export type Names = Record<string, string>;

/** Take a number. */
export interface TakeBody {
  business: string;
  priority?: string[];
  language?: Language;
}

/** Finish the ticket at the window. */
export interface FinishBody {
  outcome: string;
}

/** Close a ticket without service. */
export interface VoidBody {
  reason: string;
}

/** Staff name and password. */
export interface SignInBody {
  name: string;
  password: string;
}

/** Behind which entry to begin. */
export interface JournalQuery {
  after?: string | null;
}

/** Which tickets, how many, after which one. */
export interface ListQuery {
  after?: string | null;
  state?: TicketState | null;
  limit?: number;
}

/** Why this ticket was called, as facts for one sentence. */
export interface Why {
  cause: "longest" | "head-start" | "main-work" | "secondary" | "only";
  reluctance_ms: number;
  passed: number;
}

/** A ticket as staff and kiosks see it. */
export interface TicketReply {
  id: string;
  number: string;
  business: string;
  state: TicketState;
  language: string;
  priority: string[];
  /** whole milliseconds UTC */
  issued_at: number;
  /** whole milliseconds UTC */
  place: number;
  /** people ahead when the number was taken */
  ahead: number;
  window: number | null;
  called_at: number | null;
  calls: number;
  started_at: number | null;
  finished_at: number | null;
  outcome: string | null;
  why?: Why | null;
  /** only in the answer to a take: opens the status page */
  token?: string | null;
}

/** A page of tickets; `next` goes into `after` of the next call and is null at the end. */
export interface TicketList {
  items: TicketReply[];
  next: string | null;
}

/** A visitor's own ticket. */
export interface Status {
  hall: string;
  names: Names;
  time_zone: string;
  number: string;
  business: string;
  business_names: Names;
  state: TicketState;
  ahead: number | null;
  window: number | null;
  calls: number;
  /** whole milliseconds UTC */
  issued_at: number;
  windows_open: number;
  /** whole milliseconds UTC */
  at: number;
}

/** Who sits at a window. */
export interface Clerk {
  name: string;
  number: string;
}

/** A waiting ticket with how long it has waited. */
export interface Waiting {
  id: string;
  number: string;
  business: string;
  state: TicketState;
  language: string;
  priority: string[];
  /** whole milliseconds UTC */
  issued_at: number;
  /** whole milliseconds UTC */
  place: number;
  /** people ahead when the number was taken */
  ahead: number;
  window: number | null;
  called_at: number | null;
  calls: number;
  started_at: number | null;
  finished_at: number | null;
  outcome: string | null;
  why?: Why | null;
  /** only in the answer to a take: opens the status page */
  token?: string | null;
  waited_ms: number;
}

/** A missed ticket that may still come back. */
export interface Missed {
  number: string;
  business: string;
  /** whole milliseconds UTC */
  missed_at: number;
}

/** Who sits at a window after signing in or out. */
export interface Seated {
  window: number;
  state: "open" | "closed";
  clerk: Clerk | null;
}

/** A window as its clerk sees it. */
export interface WindowView {
  window: number;
  state: "open" | "closed";
  clerk: Clerk | null;
  ticket: TicketReply | null;
  next: Waiting | null;
  waiting: Waiting[];
  waiting_count: number;
  missed: Missed[];
  may_miss_at: number | null;
  calls_needed: number;
  finished_today: number;
  /** whole milliseconds UTC */
  at: number;
}

/** One call on the board. */
export interface BoardCall {
  id: number;
  number: string;
  business: string;
  window: number;
  zone: string | null;
  /** whole milliseconds UTC */
  at: number;
  recall: boolean;
}

/** How many wait for a business, and how many would be ahead of somebody who comes now. */
export interface BoardWaiting {
  business: string;
  waiting: number;
  ahead: number;
}

/** What a window does. */
export interface BoardWindow {
  window: number;
  state: WindowState;
  number: string | null;
}

/** What a hall display may show. */
export interface Board {
  hall: string;
  epoch: string;
  version: number;
  /** whole milliseconds UTC */
  at: number;
  calls: BoardCall[];
  waiting: BoardWaiting[];
  windows: BoardWindow[];
}

/** A business type. */
export interface BusinessFacts {
  code: string;
  names: Names;
  note: Names | null;
}

/** A zone. */
export interface ZoneFacts {
  code: string;
  names: Names;
}

/** A window and the businesses it serves, each with its reluctance in ms. */
export interface WindowFacts {
  window: number;
  zone: string | null;
  serves: Record<string, number>;
}

/** A priority class. */
export interface ClassFacts {
  code: string;
  names: Names;
  head_start_ms: number;
}

/** The settings that screens and slips show. */
export interface SettingsFacts {
  max_calls: number;
  recall_gap_ms: number;
  return_within_ms: number;
}

/** What a hall is made of. */
export interface HallFacts {
  hall: string;
  names: Names;
  time_zone: string;
  businesses: BusinessFacts[];
  zones: ZoneFacts[];
  windows: WindowFacts[];
  classes: ClassFacts[];
  settings: SettingsFacts;
  outcomes: string[];
  public_url: string;
}

/** Who is signed in. */
export interface SessionUser {
  name: string;
  display_name: string;
  number: string;
  role: Role;
}

/** The session; everything but `user` only when somebody is signed in. */
export interface Session {
  user: SessionUser | null;
  hall?: string | null;
  csrf?: string | null;
  window?: number | null;
}

/** RFC 9457, with a stable `code` and the facts of the refusal beside it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  [fact: string]: unknown;
}
