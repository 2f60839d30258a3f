// What the floor shows of the server's facts: windows by zone, what a window does since when, the table of businesses, bars, the sum.

import type { SymbolName } from "../shared/symbols";
import { minutes } from "../shared/time";
import type { BusinessFacts, Floor, FloorWindow, HallFacts, ZoneFacts } from "../shared/wire";

export type Doing = "called" | "serving" | "paused" | "closed" | "free";

export const DOING: Record<Doing, SymbolName> = { called: "speaker", serving: "sheet", paused: "pause", closed: "lock", free: "check" };
export const STATES = ["waiting", "called", "serving", "held", "missed", "finished", "void"] as const;

const SHORTEST_SCALE_MIN = 10;

/** What goes on at a window, and since when (ms UTC) where that is known. */
export function doing({ doing: does, state, called_at, started_at, since }: FloorWindow): { readonly what: Doing; readonly since: number | null } {
  if (does === "serving") return { what: "serving", since: started_at };
  if (does === "called") return { what: "called", since: called_at };
  return { what: state === "open" ? "free" : state, since: state === "open" ? null : since };
}

export interface ZoneRow {
  readonly zone: ZoneFacts | null;
  readonly windows: readonly FloorWindow[];
}

/** The windows by zone, in the order of the hall's file; those of no zone at the end. */
export function byZone(hall: Pick<HallFacts, "zones">, floor: Floor): readonly ZoneRow[] {
  const rows = [...hall.zones, null].map((zone) => ({ zone, windows: floor.windows.filter((each) => each.zone === (zone?.code ?? null)) }));
  return rows.filter((row) => row.windows.length > 0);
}

/** How many windows are in each state, those in none left out. */
export function counted(floor: Floor): readonly (readonly [Doing, number])[] {
  const all = floor.windows.map((each) => doing(each).what);
  return (Object.keys(DOING) as Doing[]).map((what) => [what, all.filter((each) => each === what).length] as const).filter(([, many]) => many > 0);
}

export interface BusinessRow {
  readonly business: BusinessFacts;
  readonly waiting: number;
  readonly minutes: number;
  /** The bar's part of the scale, 0 to 1. */
  readonly bar: number;
  readonly windows: number;
  readonly alarm: number | null;
  readonly suspended: boolean;
  readonly ringing: boolean;
}

/** The table of businesses; all bars share one scale that begins at nothing, and a short wait never looks like a long one. */
export function businessRows(hall: Pick<HallFacts, "businesses">, floor: Floor): readonly BusinessRow[] {
  const scale = Math.max(SHORTEST_SCALE_MIN, ...floor.queues.map((queue) => minutes(queue.longest_ms)));
  return hall.businesses.flatMap((business) => {
    const queue = floor.queues.find((each) => each.business === business.code);
    if (queue === undefined) return [];
    const long = minutes(queue.longest_ms);
    const { suspended, alarms } = floor.conditions;
    const marks = { suspended: business.code in suspended, ringing: alarms.includes(business.code) };
    return [{ business, waiting: queue.waiting, minutes: long, bar: long / scale, windows: queue.windows, alarm: queue.alarm, ...marks }];
  });
}

/** Everybody who waits, and the longest wait in whole minutes. */
export function waitingNow(floor: Floor): { readonly n: number; readonly minutes: number } {
  return { n: floor.queues.reduce((sum, each) => sum + each.waiting, 0), minutes: Math.max(0, ...floor.queues.map((each) => minutes(each.longest_ms))) };
}

/** By how many tickets today's numbers do not add up. */
export function difference(floor: Floor): number {
  return Object.values(floor.reconciliation.off).reduce((sum, many) => sum + Math.abs(many), 0);
}

/** A sentence cut at its numbers, which are set in the face of numbers: even parts are words, odd ones numbers. */
export function atNumbers(said: string): readonly string[] {
  return said.split(/([A-Z]{0,2}\d+)/);
}
