// The messages on the wire, written by `make types` from queue_server/protocol: change that instead.

export type HoldKind = "papers-with-visitor" | "papers-kept" | "awaiting";
export type Language = "zh-Hans" | "zh-Hant" | "en";
export type Names = Record<string, string>;
export type Role = "kiosk" | "guide" | "clerk" | "manager" | "display";
export type SeatState = "open" | "paused" | "closed";
export type TicketState = "waiting" | "called" | "serving" | "held" | "missed" | "finished" | "void";
export type WindowState = "closed" | "paused" | "free" | "calling" | "serving";
export type SlipState = "printed" | "reprinted" | "sent" | "shown" | "failed";
export type Spoken = "cmn" | "yue" | "en";

/** What a window did by hand while it had no link, in order; moments in hall time. */
export interface ByHandBody {
  /** the last moment of which the window knew */
  since: number;
  lines: ByHandLineBody[];
}

/** What became of one line: where its ticket stands, and why it was not entered. */
export interface ByHandLine {
  ticket: string;
  number: string;
  state: TicketState;
  window: number | null;
  conflict: "taken" | "came-later" | "not-here" | "outside" | null;
}

/** What was done with one ticket by hand: still at the window unless it was finished or missed. */
export interface ByHandLineBody {
  ticket: string;
  /** left out: it was at the window when the link broke */
  called_at?: number | null;
  started_at?: number | null;
  finished_at?: number | null;
  /** goes with `finished_at` */
  outcome?: string | null;
  missed_at?: number | null;
}

/** What was entered of a list worked by hand, line by line in its order. */
export interface ByHandReply {
  window: number;
  lines: ByHandLine[];
}

/** Whom a window would call, in order: to be kept there, so that it can go on by hand without a link. */
export interface CallList {
  window: number;
  items: CallListed[];
  /** whole milliseconds UTC */
  at: number;
}

/** One who waits, as a window that lost its link still needs them. */
export interface CallListed {
  id: string;
  number: string;
  business: string;
  item: string | null;
  priority: string[];
  reviewed: boolean;
  /** whole milliseconds UTC */
  queued_at: number;
  /** calls are spaced twice as far for this visitor */
  more_time: boolean;
}

/** A business type; `group` is with which others it stands at the kiosk. */
export interface BusinessFacts {
  code: string;
  names: Names;
  note: Names | null;
  group: string | null;
  items: ItemFacts[];
  bookable: boolean;
}

/** A priority class. */
export interface ClassFacts {
  code: string;
  names: Names;
  head_start_ms: number;
  /** who may say so: self, guide or window */
  granted_by: string;
}

/** What a hall is made of. */
export interface HallFacts {
  hall: string;
  names: Names;
  time_zone: string;
  /** groups of business types, in the order of the kiosk */
  groups: ZoneFacts[];
  businesses: BusinessFacts[];
  zones: ZoneFacts[];
  windows: WindowFacts[];
  classes: ClassFacts[];
  settings: SettingsFacts;
  outcomes: string[];
  public_url: string;
}

/** One thing inside a business type: its checklist, its promised working days, the outcome of the one key. */
export interface ItemFacts {
  code: string;
  names: Names;
  papers: PaperFacts[];
  promise_days: number | null;
  outcome: string | null;
}

/** One line of a checklist; a minor one may be brought later when an item is accepted on promise. */
export interface PaperFacts {
  code: string;
  names: Names;
  minor: boolean;
}

/** The settings that screens and slips show. */
export interface SettingsFacts {
  max_calls: number;
  recall_gap_ms: number;
  return_within_ms: number;
  direct_call: boolean;
  pause_reasons: string[];
}

/** A window and the businesses it serves, each with its reluctance in ms. */
export interface WindowFacts {
  window: number;
  zone: string | null;
  serves: Record<string, number>;
}

/** A zone. */
export interface ZoneFacts {
  code: string;
  names: Names;
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
  /** notices of suspended business types */
  suspended: Record<string, Names>;
  /** whether the opening hours say so, no early close and no evacuation */
  open: boolean;
  evacuated: boolean;
  /** null while the hall is open, is evacuated, or keeps no hours */
  hours?: BoardHours | null;
  /** how many times as fast the hall's clock runs; a real hall has 1 */
  speed?: number;
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

/** The hours of the day on which a closed hall opens next, which may be today. */
export interface BoardHours {
  day: string;
  spans: HoursSpan[];
}

/** How many wait for a business, how many are ahead of somebody who comes now, and whether numbers are given. */
export interface BoardWaiting {
  business: string;
  waiting: number;
  ahead: number;
  /** whether numbers are given, or why not */
  numbers: "given" | "suspended" | "closed" | "closed-early" | "evacuated";
}

/** What a window does. */
export interface BoardWindow {
  window: number;
  state: WindowState;
  number: string | null;
  /** why nobody is called there, a reason of the hall; null while it calls */
  paused: string | null;
  /** how often the number there was called that counts */
  calls: number;
  /** the number it would call now */
  next: string | null;
  /** what whoever sits there serves, main work first; null: all that the window does */
  serves: string[] | null;
}

/** A booking: the code a visitor shows, the slot, and where it stands. */
export interface BookingReply {
  code: string;
  business: string;
  item: string | null;
  /** whole milliseconds UTC */
  slot: number;
  reviewed: boolean;
  priority: string[];
  state: "booked" | "cancelled" | "checked-in" | "expired";
}

/** How the hall stands now: notices of suspended business types, early close, evacuation, hours, alarms. */
export interface ConditionsReply {
  suspended: Record<string, Names>;
  closed_day: string | null;
  evacuated: boolean;
  evacuations: Evacuated[];
  open: boolean;
  alarms: string[];
}

/** A question that was counted, and how many today. */
export interface Consulted {
  business: string | null;
  today: number;
}

/** An evacuation of today or yesterday, whose time runs against nobody. */
export interface Evacuated {
  /** whole milliseconds UTC */
  since: number;
  /** null while it lasts */
  until: number | null;
}

/** The hall at one look. */
export interface Floor {
  first: FloorFirst;
  todo: FloorTodo[];
  windows: FloorWindow[];
  queues: FloorQueue[];
  conditions: ConditionsReply;
  /** questions answered today without a number */
  consultations: number;
  reconciliation: Reconciliation;
  /** whole milliseconds UTC */
  at: number;
}

/** What is most wrong in the hall, by a fixed order, and the one act that helps, if any does. */
export interface FloorFirst {
  kind: "evacuated" | "unserved" | "alarm" | "help" | "pause" | "suspended" | "longest" | "calm";
  business: string | null;
  window: number | null;
  since: number | null;
  helps: FloorHelp | null;
}

/** The act at a window that helps most. */
export interface FloorHelp {
  act: "unpause" | "open" | "help-ended";
  window: number;
}

/** Who waits for a business, how long the one who came first has waited, and how many windows call for it now. */
export interface FloorQueue {
  business: string;
  waiting: number;
  longest_ms: number;
  windows: number;
  /** so many waiting ring the alarm */
  alarm: number | null;
}

/** One thing that needs an act: help asked for, an alarm, a long pause, a window left behind, a missed visitor. */
export interface FloorTodo {
  kind: "help" | "alarm" | "pause" | "silent" | "closed" | "missed";
  window: number | null;
  business: string | null;
  ticket: string | null;
  number: string | null;
  since: number | null;
  /** when a missed visitor can come back no more */
  until: number | null;
}

/** A window at one look: its state, who sits there, the visitor there, and whether help is asked for. */
export interface FloorWindow {
  window: number;
  zone: string | null;
  state: SeatState;
  paused: string | null;
  since: number | null;
  help: boolean;
  /** when it was asked for; null while it is not */
  help_since?: number | null;
  clerk: Clerk | null;
  number: string | null;
  doing: "called" | "serving" | null;
  called_at: number | null;
  started_at: number | null;
  /** the businesses it serves with whoever sits there now, its main work first */
  serves: string[];
}

/** From when to when, in ms of the hall's local day. */
export interface HoursSpan {
  starts: number;
  ends: number;
}

/** What became of each row of an import. */
export interface Imported {
  booked: ImportedRow[];
  refused: RefusedRow[];
}

/** A booking of an import, with its row counted from 0; `line` (from 1) where it came out of a file. */
export interface ImportedRow {
  code: string;
  business: string;
  item: string | null;
  /** whole milliseconds UTC */
  slot: number;
  reviewed: boolean;
  priority: string[];
  state: "booked" | "cancelled" | "checked-in" | "expired";
  row: number;
  line: number | null;
}

/** How many waiting visitors were moved from one business type to another. */
export interface Moved {
  business: string;
  to: string;
  moved: number;
}

/** Whether today's numbers add up: issued is the sum over the states. */
export interface Reconciliation {
  issued: number;
  by_state: Record<string, number>;
  adds_up: boolean;
  /** by how many the numbers given out exceed the tickets, where they differ */
  off: Record<string, number>;
}

/** A row of an import that was refused, and why; `line` and `column` (from 1) where it came out of a file. */
export interface RefusedRow {
  row: number;
  line: number | null;
  column: number | null;
  code: string;
  detail: string;
}

/** The session; everything but `user` only when somebody is signed in. */
export interface Session {
  user: SessionUser | null;
  hall?: string | null;
  csrf?: string | null;
  window?: number | null;
}

/** Who is signed in. */
export interface SessionUser {
  name: string;
  display_name: string;
  number: string;
  role: Role;
}

/** A slot that can be booked: its beginning, and how many may still book it. */
export interface Slot {
  /** whole milliseconds UTC */
  slot: number;
  left: number;
}

/** The slots of a day, in order. */
export interface Slots {
  items: Slot[];
}

/** The number that was called first. */
export interface BeforeQuery {
  number: string;
}

/** Book a slot; `reviewed` says that the papers were checked beforehand. */
export interface BookBody {
  business: string;
  item?: string | null;
  /** its beginning, ms UTC */
  slot: number;
  priority?: string[];
  reviewed?: boolean;
}

/** Another business. */
export interface BusinessBody {
  business: string;
}

/** Call one ticket past the order, and why. */
export interface CallGivenBody {
  ticket: string;
  reason: string;
}

/** Which cases. */
export interface CasesQuery {
  mine?: "yes" | "no";
  troubles?: "yes" | "no";
}

/** Check in with a booking. */
export interface CheckInBody {
  language?: Language;
}

/** Close a case. */
export interface CloseCaseBody {
  outcome: string;
}

/** A question answered without a number. */
export interface ConsultedBody {
  business?: string | null;
  note?: string | null;
}

/** The item of which business. */
export interface DaysQuery {
  business: string;
  item: string;
}

/** Finish the ticket at the window. */
export interface FinishBody {
  outcome: string;
  /** the items really served, the main one first */
  served?: ServedItem[];
}

/** The grounds for priority that a ticket has from now on. */
export interface GradeBody {
  ticket: string;
  priority: string[];
}

/** The grounds for priority that a ticket has from now on. */
export interface GroundsBody {
  priority: string[];
}

/** Make a colleague responsible for a case. */
export interface HandOverBody {
  /** a staff number */
  to_clerk: string;
  reason: string;
}

/** Put the visitor at the window aside. */
export interface HoldBody {
  kind: HoldKind;
  /** the ticket whose turn's end resumes this one; only when `kind` is `awaiting` */
  awaits?: string | null;
  note?: string | null;
}

/** Many bookings at once. */
export interface ImportBody {
  items: BookBody[];
}

/** Behind which entry to begin. */
export interface JournalQuery {
  after?: string | null;
}

/** Which tickets, how many, after which one. */
export interface ListQuery {
  after?: string | null;
  state?: TicketState | null;
  /** only the ticket of the present business day that has this number */
  number?: string | null;
  limit?: number;
}

/** Why a paper is missing, or what it must be. */
export interface MissingReason {
  paper: string;
  reason: string;
}

/** Another business for somebody who waits. */
export interface MoveBody {
  ticket: string;
  business: string;
}

/** The business type to which everybody who waits is moved. */
export interface MoveWaitingBody {
  to: string;
}

/** One text in the three languages. */
export interface Notice {
  zh_hans: string;
  zh_hant: string;
  en: string;
}

/** Accept though minor papers are missing, to be brought by a day. */
export interface OnPromiseBody {
  item: string;
  missing: string[];
  reasons?: MissingReason[];
  due: string;
}

/** Everything that is missing, told at once: what is not named was looked at and is in order. */
export interface PapersMissingBody {
  item: string;
  missing: string[];
  reasons?: MissingReason[];
  /** the hall's own days when left out */
  return_by?: string | null;
}

/** Call nobody for a while. */
export interface PauseBody {
  reason: string;
}

/** Take a number to go on with a case. */
export interface ReturnBody {
  priority?: string[];
  language?: Language;
}

/** An item really served: how often, and with which outcome where it differs. */
export interface ServedItem {
  item: string;
  quantity?: number;
  outcome?: string | null;
}

/** Staff name and password. */
export interface SignInBody {
  name: string;
  password: string;
}

/** The slots of which business, on which day. */
export interface SlotsQuery {
  business: string;
  day: string;
}

/** Why the promise stands still. */
export interface StopClockBody {
  reason: string;
}

/** Suspend a business type, with a notice for everybody. */
export interface SuspendBody {
  notice: Notice;
}

/** Take a number. */
export interface TakeBody {
  business: string;
  priority?: string[];
  language?: Language;
  item?: string | null;
  /** further business types of the same visit, in order */
  later?: string[];
}

/** An act on one ticket. */
export interface TicketBody {
  ticket: string;
}

/** Send the visitor at the window on, or one whose papers were kept, with what the next clerk must know. */
export interface TransferBody {
  /** held, papers kept; else whoever is at the window */
  ticket?: string | null;
  business: string;
  note: string;
  to_window?: number | null;
  /** a staff number; not together with `to_window` */
  to_clerk?: string | null;
}

/** Close a ticket without service. */
export interface VoidBody {
  reason: string;
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

/** The printer of a kiosk; `kiosk-silent` when the kiosk itself says nothing any more. */
export interface Printer {
  kiosk: string;
  /** null: in order */
  trouble: string | null;
  /** whole milliseconds UTC */
  since: number;
  /** the last ones, oldest first */
  slips: PrinterSlip[];
}

/** How a kiosk's printer stands, and its last slips, oldest first. */
export interface PrinterBody {
  kiosk: string;
  /** null: in order */
  trouble: string | null;
  /** how long ago, in ms: a kiosk's own clock may be wrong */
  ago_ms: number;
  slips?: SlipDone[];
  /** the kiosk is being switched off: nothing more is expected of it */
  leaving?: boolean;
}

/** The printers of the kiosks that have spoken since this server began, by the kiosk's name. */
export interface PrinterList {
  items: Printer[];
}

/** What became of one slip of a printer. */
export interface PrinterSlip {
  number: string;
  state: SlipState;
  reason: string | null;
  /** whole milliseconds UTC */
  at: number;
}

/** What became of one slip, and why where it failed. */
export interface SlipDone {
  number: string;
  state: SlipState;
  reason?: string | null;
  /** how long ago, in ms: a kiosk's own clock may be wrong */
  ago_ms: number;
}

/** The last days of what is told today: papers of the hall's own choosing, and the promise of an item. */
export interface LastDays {
  today: string;
  return_by: string;
  promised_on: string | null;
}

/** A paper still to be brought, and what the clerk wrote about it. */
export interface PaperAsked {
  code: string;
  names: Names;
  minor: boolean;
  reason: string | null;
}

/** What the slip of a case says: everything still missing, until when, to whom to come back. */
export interface PapersSlip {
  kind: "papers-missing" | "accepted-on-promise";
  /** of the case: with it a number is taken without queueing from the start */
  code: string;
  hall_names: Names;
  time_zone: string;
  /** the visitor's */
  language: Language;
  number: string | null;
  business_names: Names;
  item_names: Names | null;
  missing: PaperAsked[];
  /** how many other papers of the item were in order and need not come again */
  checked: number;
  return_by: string;
  /** working days that the item is promised in once nothing is missing */
  promise_days: number | null;
  promised_on: string | null;
  /** where the owner sits now, else where it was told */
  window: number | null;
  owner: Clerk | null;
  /** the how many-th time papers were asked for */
  told: number;
  /** when it was told */
  at: number;
}

/** Why another number was called before a ticket: the part of the rule that made the difference, in ms. */
export interface Before {
  number: string;
  window: number;
  /** whole milliseconds UTC */
  at: number;
  cause: "place" | "head-start" | "main-work" | "tie" | "entered-first" | "not-here" | "not-before" | "not-waiting" | "direct" | "by-hand";
  ms: number;
}

/** Cases, the nearest promise first. */
export interface CaseList {
  items: CaseReply[];
}

/** A case: its code, who is responsible, the papers still open, the promise and the troubles it is in. */
export interface CaseReply {
  code: string;
  business: string;
  item: string | null;
  owner: Clerk | null;
  /** whole milliseconds UTC */
  opened_at: number;
  missing: string[];
  /** the papers found in order, each with the day it was looked at */
  checked?: Names;
  /** how often papers were asked for */
  told?: number;
  return_by: string | null;
  promised_on: string | null;
  stopped_on: string | null;
  /** working days until the promise is due */
  days_left?: number | null;
  closed_at: number | null;
  outcome: string | null;
  troubles?: ("ownerless" | "overdue" | "papers-overdue")[];
}

/** Who sits at a window. */
export interface Clerk {
  name: string;
  number: string;
}

/** A ticket put aside; `here`: its papers stay at this window, else nobody attends the one that has them. */
export interface Held {
  id: string;
  number: string;
  business: string;
  hold: HoldKind;
  /** whole milliseconds UTC */
  held_at: number;
  held_until: number | null;
  /** the number whose turn's end resumes it */
  awaits: string | null;
  /** the window that keeps the papers */
  kept_at: number | null;
  here: boolean;
}

/** A missed ticket that may still come back, until when, and how often still. */
export interface Missed {
  id: string;
  number: string;
  business: string;
  /** whole milliseconds UTC */
  missed_at: number;
  /** whole milliseconds UTC */
  until: number;
  returns_left: number;
}

/** What somebody wrote for the next clerk: when, where, by whom. */
export interface Note {
  /** whole milliseconds UTC */
  at: number;
  window: number | null;
  act: string;
  by: Clerk | null;
  text: string;
}

/** Who may still come before a waiting ticket, by the rule alone. */
export interface Passing {
  ahead: number;
  /** how many who wait behind it some open window prefers */
  may_pass: number;
  /** there are more than were counted */
  at_least: boolean;
  /** nobody who comes later than this passes it */
  until: number;
}

/** Who sits at a window after signing in or out. */
export interface Seated {
  window: number;
  state: SeatState;
  paused: string | null;
  help: boolean;
  clerk: Clerk | null;
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
  /** said to everybody while the business is suspended */
  notice: Names | null;
  /** whole milliseconds UTC */
  at: number;
}

/** A page of tickets; `next` goes into `after` of the next call and is null at the end. */
export interface TicketList {
  items: TicketReply[];
  next: string | null;
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
  /** when this turn began to wait */
  queued_at: number;
  turn: number;
  item: string | null;
  later: string[];
  /** whole milliseconds UTC */
  place: number;
  /** the window (`w5`) or clerk it belongs to */
  tie: string | null;
  /** people ahead when the number was taken */
  ahead: number;
  window: number | null;
  called_at: number | null;
  calls: number;
  started_at: number | null;
  hold: HoldKind | null;
  held_at: number | null;
  held_until: number | null;
  missed_at: number | null;
  returns: number;
  more_time: boolean;
  /** the papers were checked before the visit */
  reviewed?: boolean;
  finished_at: number | null;
  outcome: string | null;
  timing_wrong: boolean;
  why?: Why | null;
  /** in the answer to an act that opened or continued one */
  case?: CaseReply | null;
  /** only in the answer to a take: opens the status page */
  token?: string | null;
}

/** The last act at the window, and until when it may be taken back. */
export interface Undoable {
  act: string;
  number: string | null;
  /** whole milliseconds UTC */
  until: number;
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
  /** when this turn began to wait */
  queued_at: number;
  turn: number;
  item: string | null;
  later: string[];
  /** whole milliseconds UTC */
  place: number;
  /** the window (`w5`) or clerk it belongs to */
  tie: string | null;
  /** people ahead when the number was taken */
  ahead: number;
  window: number | null;
  called_at: number | null;
  calls: number;
  started_at: number | null;
  hold: HoldKind | null;
  held_at: number | null;
  held_until: number | null;
  missed_at: number | null;
  returns: number;
  more_time: boolean;
  /** the papers were checked before the visit */
  reviewed?: boolean;
  finished_at: number | null;
  outcome: string | null;
  timing_wrong: boolean;
  why?: Why | null;
  /** in the answer to an act that opened or continued one */
  case?: CaseReply | null;
  /** only in the answer to a take: opens the status page */
  token?: string | null;
  waited_ms: number;
}

/** Why this ticket was called, as facts for one sentence. */
export interface Why {
  cause: "longest" | "place" | "head-start" | "main-work" | "tie" | "secondary" | "only" | "own" | "direct" | "by-hand";
  reluctance_ms: number;
  passed: number;
  affinity_ms?: number;
}

/** A window after it was opened, closed, paused or resumed; `paused` is the reason, `help` says it was asked for. */
export interface WindowReply {
  window: number;
  state: SeatState;
  paused: string | null;
  help: boolean;
}

/** A window as its clerk sees it. */
export interface WindowView {
  window: number;
  state: SeatState;
  paused: string | null;
  help: boolean;
  clerk: Clerk | null;
  /** who took the first question of the visitor at the window */
  owner: Clerk | null;
  /** the case that the visitor at the window continues */
  case: CaseReply | null;
  notes: Note[];
  /** this clerk's own cases whose promise is near or past */
  promises: CaseReply[];
  held: Held[];
  undo: Undoable | null;
  ticket: TicketReply | null;
  next: Waiting | null;
  waiting: Waiting[];
  waiting_count: number;
  missed: Missed[];
  may_miss_at: number | null;
  calls_needed: number;
  finished_today: number;
  /** the business day (ISO): it begins with the hall, not at midnight */
  day: string;
  /** whole milliseconds UTC */
  at: number;
}

/** One announcement in one language, or a call that was not said, and why. */
export interface AudioLine {
  /** whole milliseconds UTC */
  at: number;
  epoch: string;
  call: number;
  number: string;
  window: number;
  zone: string;
  recall: boolean;
  outcome: "said" | "broken-off" | "given-up" | "quiet" | "evacuated" | "too-late" | "no-sound" | "no-screen";
  language: Spoken | null;
  text: string | null;
  engine: "clips" | "espeak-ng" | null;
  /** how long it sounds */
  ms: number | null;
  screen: string | null;
}

/** The audio log of a day, oldest first. */
export interface AudioLines {
  items: AudioLine[];
}

/** Which day of the audio log; today where nothing is said. */
export interface AudioQuery {
  day?: string | null;
}

/** The call that is being said. */
export interface SaidCall {
  id: number;
  number: string;
  window: number;
}

/** The screen that speaks is to say this; `sound` is the address of the WAV file. */
export interface Say {
  hall: string;
  turn: number;
  call: number;
  sound: string;
  volume: number;
}

/** What is heard at a screen's place now, for its caption; null when it is over. */
export interface Saying {
  hall: string;
  call: SaidCall | null;
  language: Spoken;
}

/** How far a screen is with its turn. */
export interface SpokenMessage {
  hall: string;
  turn: number;
  state: "begun" | "said" | "failed";
}

/** Who speaks a language: recorded clips, the engine, or nobody; and the clips it lacks. */
export interface VoiceLanguage {
  language: Spoken;
  engine: "clips" | "espeak-ng" | null;
  missing: string[];
}

/** A screen says where it hangs, and whether its browser lets it make a sound. */
export interface VoiceOffer {
  hall: string;
  /** null: it hangs for the whole hall */
  zone: string | null;
  can_speak: boolean;
  /** the turn it had said to the end when its link was cut */
  said?: number | null;
}

/** How the hall's voice stands. */
export interface VoiceState {
  /** in the order of the hall */
  languages: VoiceLanguage[];
  volume: number;
  /** whether these are quiet hours */
  quiet: boolean;
  /** where screens hang */
  zones: VoiceZone[];
  /** zones of windows whose calls no screen says (null: of windows without a zone) */
  unspoken: (string | null)[];
}

/** Why nothing is said at a screen's place now; null where calls are said, and its caption keeps pace with them. */
export interface VoiceTold {
  hall: string;
  silence: "off" | "no-sound" | "quiet" | "evacuated" | "no-screen" | null;
}

/** The screens of a zone (null: of the whole hall), and whether one of them speaks. */
export interface VoiceZone {
  zone: string | null;
  screens: number;
  speaks: boolean;
}
