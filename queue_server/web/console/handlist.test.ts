// The list worked by hand: whom to call, what a mark changes, what is entered, and what is left of a list that was on its way.

import { expect, test } from "vitest";
import type { ByHandLine, CallListed } from "../shared/wire";
import { begin, body, call, came, conflict, current, ended, finish, missed, read, rest, serving, together, undo, waiting, without, withOutcome, type Noted } from "./handlist";

const T0 = 1_795_500_000_000;
const rules = { max_calls: 3, recall_gap_ms: 20_000 };
const item = (n: number, more_time = false): CallListed => ({ id: `t${n}`, number: `C00${n}`, business: "C", item: null, priority: [], reviewed: false, queued_at: T0, more_time });
const nobody: Noted = begin({ at: T0, ticket: null, may_miss_at: null, calls_needed: 0 }, rules);
const here = { id: "t0", number: "C000", business: "C", state: "called", more_time: false } as never;

test("the first on the list is who was not called yet", () => {
  const items = [item(1), item(2)];
  expect(waiting(items, nobody)).toEqual(items);
  const one = call(nobody, item(1), T0 + 5, rules);
  expect(waiting(items, one)).toEqual([item(2)]);
  expect(current(one)?.number).toBe("C001");
  expect(current(finish(one, "completed", T0 + 9))).toBeNull();
});

test("who was there when the link broke comes first and is sent without a call", () => {
  const begun = begin({ at: T0, ticket: here, may_miss_at: T0 + 10_000, calls_needed: 2 }, rules);
  expect(current(begun)?.number).toBe("C000");
  expect(current(begun)?.may_miss_at).toBe(T0 + 30_000);
  expect(serving(begun)).toBe(false);
  expect(serving(came(begun, T0 + 1))).toBe(true);
  const over = finish(came(begun, T0 + 1), "accepted", T0 + 2);
  expect(body(over, T0 + 3)).toEqual({ since: T0, lines: [{ ticket: "t0", called_at: null, started_at: T0 + 1, finished_at: T0 + 2, outcome: "accepted", missed_at: null }] });
  const served = begin({ at: T0, ticket: { ...(here as object), state: "serving" } as never, may_miss_at: null, calls_needed: 0 }, rules);
  expect(serving(served)).toBe(true);
});

test("three calls take their time, twice as long for who needs more", () => {
  expect(current(call(nobody, item(1), T0, rules))?.may_miss_at).toBe(T0 + 40_000);
  expect(current(call(nobody, item(1, true), T0, rules))?.may_miss_at).toBe(T0 + 80_000);
});

test("marks never run back, and nothing is sent that lies ahead", () => {
  const one = missed(call(nobody, item(1), T0 + 50, rules), T0 + 10);
  expect(one.lines[0]).toMatchObject({ called_at: T0 + 50, missed_at: T0 + 50 });
  expect(current(call(nobody, item(1), T0 - 9, rules))?.called_at).toBe(T0);
  expect(body(one, T0 + 20).lines[0]).toMatchObject({ called_at: T0 + 20, missed_at: T0 + 20 });
});

test("the last mark is taken back whole, once", () => {
  const one = call(nobody, item(1), T0, rules);
  const two = together(one, call(finish(one, "completed", T0 + 5), item(2), T0 + 5, rules));
  expect(two.lines.map(ended)).toEqual([true, false]);
  expect(undo(two).lines).toEqual(one.lines);
  expect(undo(undo(two)).lines).toEqual(one.lines);
});

test("a line may be taken out or its outcome changed before it is entered", () => {
  const one = finish(call(nobody, item(1), T0, rules), "completed", T0 + 5);
  expect(withOutcome(one, "t1", "referred").lines[0]?.outcome).toBe("referred");
  expect(without(one, "t1").lines).toEqual([]);
});

test("what was marked while the list was on its way is left, and no more", () => {
  const one = call(finish(call(nobody, item(1), T0, rules), "completed", T0 + 5), item(2), T0 + 6, rules);
  const sent = { key: "k", body: body(one, T0 + 9) };
  expect(rest(one, sent)).toBeNull();
  const more = call(finish(came(one, T0 + 10), "completed", T0 + 11), item(3), T0 + 12, rules);
  expect(rest(more, sent)?.lines).toMatchObject([
    { id: "t2", called_at: null, started_at: T0 + 10, finished_at: T0 + 11 },
    { id: "t3", called_at: T0 + 12 },
  ]);
});

test("a conflict is told by where the ticket stands", () => {
  const line: ByHandLine = { ticket: "t1", number: "C001", state: "serving", window: 6, conflict: "taken" };
  expect(conflict(line)).toEqual({ word: "by-hand.conflict.window", facts: { number: "C001", window: 6 } });
  expect(conflict({ ...line, state: "void" }).word).toBe("by-hand.conflict.void");
  expect(conflict({ ...line, window: null }).word).toBe("by-hand.conflict.taken");
  expect(conflict({ ...line, state: "waiting", conflict: "outside" }).word).toBe("by-hand.conflict.outside");
  expect(conflict({ ...line, state: "waiting", conflict: "came-later" }).word).toBe("by-hand.conflict.came-later");
});

test("what was kept is read again, and what cannot be read is nothing", () => {
  const one = call(nobody, item(1), T0, rules);
  expect(read(JSON.stringify(one))).toEqual(one);
  for (const broken of [null, "", "{", "[]", '{"since":1}', '{"since":1,"lines":[{}]}']) expect(read(broken)).toBeNull();
});
