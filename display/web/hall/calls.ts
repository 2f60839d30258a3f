// Which calls a hall display shows and when: boards and moments in, rows out. Pure; moments are milliseconds of a clock that never jumps.

import type { Board, Call } from "../../../queue_server/web/shared/wire";

/** A row stands still this long after it appeared, so that a number never moves while it is being read. */
export const STILL_MS = 8_000;
/** A called row is lit at least this long. */
export const LIT_MS = 10_000;
/** The newest rows stay lit this long when no other call comes. */
export const NEWEST_LIT_MS = 20_000;
/** A call this old when it arrives (the link was cut) is shown without being announced: its visitor has gone by now. */
export const LATE_MS = 30_000;

/** A board lists this many calls at most. */
const BOARD_CALLS = 10;

export interface Row {
  readonly call: Call;
  readonly since: number;
  readonly announced: boolean;
}

export interface Calls {
  readonly epoch: string | null;
  /** The highest call id heard in this epoch. */
  readonly last: number;
  /** Newest first. */
  readonly rows: readonly Row[];
  /** Heard and not yet shown, oldest first. */
  readonly waiting: readonly { readonly call: Call; readonly announced: boolean }[];
  /** Announced so far and not yet fetched by the caption and the voice, oldest first. */
  readonly toSay: readonly Call[];
}

export const NOTHING_YET: Calls = { epoch: null, last: 0, rows: [], waiting: [], toSay: [] };

/** Which calls a display shows: those of one zone, or (null) of the whole hall. */
export function ofZone(zone: string | null): (call: Call) => boolean {
  return (call) => zone === null || call.zone === zone;
}

/** Takes in a board. The first board and the first of a new epoch are shown as they are and announce nothing. */
export function hear(calls: Calls, board: Board, now: number, size: number, shows = ofZone(null)): Calls {
  const oldestFirst = board.calls.filter(shows).sort((a, b) => a.id - b.id);
  const last = oldestFirst.at(-1)?.id ?? 0;
  if (board.epoch !== calls.epoch) {
    const rows = onceEach([...oldestFirst].reverse()).slice(0, size);
    return { epoch: board.epoch, last, rows: rows.map((call) => ({ call, since: now - NEWEST_LIT_MS, announced: false })), waiting: [], toSay: [] };
  }
  const kept = withoutWithdrawn(calls, board.calls);
  const heard = oldestFirst.filter((call) => call.id > calls.last).map((call) => ({ call, announced: board.at - call.at < LATE_MS }));
  return pass({ ...kept, last: Math.max(last, calls.last), waiting: [...kept.waiting, ...heard] }, now, size);
}

/** Lets time pass: shows the calls whose turn has come. Calls that waited together appear together, the newest on top. */
export function pass(calls: Calls, now: number, size: number): Calls {
  const count = admitted(calls, now, size);
  if (count === 0) return calls;
  const coming = calls.waiting.slice(0, count);
  const numbers = new Set(coming.map(({ call }) => call.number));
  const fresh = coming.map(({ call, announced }) => ({ call, announced, since: announced ? now : now - NEWEST_LIT_MS })).reverse();
  const rows = [...fresh, ...calls.rows.filter((row) => !numbers.has(row.call.number))].slice(0, size);
  const toSay = [...calls.toSay, ...coming.filter(({ announced }) => announced).map(({ call }) => call)];
  return pass({ ...calls, rows, toSay, waiting: calls.waiting.slice(count) }, now, size);
}

/** Hands over what is to be said next; each call comes out once, in order. */
export function say(calls: Calls): [Call | null, Calls] {
  const [first, ...rest] = calls.toSay;
  return first === undefined ? [null, calls] : [first, { ...calls, toSay: rest }];
}

/** True while a row is highlighted: its own time, and longer while nothing newer came. */
export function lit(calls: Calls, row: Row, now: number): boolean {
  const age = now - row.since;
  return row.announced && (age < LIT_MS || (age < NEWEST_LIT_MS && row.since === calls.rows[0]?.since));
}

/** How many waiting calls may appear now without moving a row that is being read or dropping one that is still lit. */
function admitted(calls: Calls, now: number, size: number): number {
  const first = calls.waiting[0];
  if (first === undefined) return 0;
  // A recall of the number on top lights it again where it stands, so it need not wait.
  if (first.call.number === calls.rows[0]?.call.number && first.call.window === calls.rows[0].call.window) return 1;
  if (calls.rows.some((row) => now - row.since < STILL_MS)) return 0;
  const standing = calls.rows.filter((row) => row.announced && now - row.since < LIT_MS).length;
  const distinct = calls.waiting.findIndex(({ call }, i) => calls.waiting.slice(0, i).some((earlier) => earlier.call.number === call.number));
  return Math.max(0, Math.min(distinct === -1 ? calls.waiting.length : distinct, size - standing));
}

/** Drops calls that were taken back: no longer on the board although an older one is, or although the board has room for more. */
function withoutWithdrawn(calls: Calls, onBoard: readonly Call[]): Calls {
  const ids = new Set(onBoard.map(({ id }) => id));
  const oldest = onBoard.length < BOARD_CALLS ? 0 : Math.min(...ids);
  const stands = ({ id }: Call): boolean => ids.has(id) || id < oldest;
  return { ...calls, rows: calls.rows.filter((row) => stands(row.call)), waiting: calls.waiting.filter(({ call }) => stands(call)), toSay: calls.toSay.filter(stands) };
}

function onceEach(newestFirst: readonly Call[]): Call[] {
  return newestFirst.filter((call, i) => newestFirst.findIndex((other) => other.number === call.number) === i);
}
