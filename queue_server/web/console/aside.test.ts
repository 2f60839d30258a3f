// The missed and the held: what brings each back, and which rows fit.

import { expect, test } from "vitest";
import type { Situation } from "./acting";
import { bringing, heldRows, minutesLeft, missedRows, scrolled, shared } from "./aside";
import { held, missed, ticket, view } from "./samples";

const situation = (more: Parameters<typeof view>[0], link: Situation["link"] = "up"): Situation => ({ view: view(more), link, maxCalls: 3, now: 100_000, outcome: "accepted" });

test("a missed visitor is re-queued while time and returns are left", () => {
  const rows = missedRows(situation({ missed: [missed(), missed({ returns_left: 0 }), missed({ until: 99_999 })] }));
  expect(rows.map(({ act, reason }) => [act, reason?.word ?? null])).toEqual([["requeue", null], ["requeue", "missed.no-returns"], ["requeue", "missed.over"]]);
});

test("papers kept here go on at this window once it is free, every other hold rejoins the queue", () => {
  const three = [held(), held({ hold: "papers-with-visitor", here: false }), held({ hold: "awaiting", here: false })];
  expect(heldRows(situation({ held: three })).map(({ act, reason }) => [act, reason])).toEqual([["resume", null], ["rejoin", null], ["rejoin", null]]);
  expect(heldRows(situation({ held: three, ticket: ticket({ state: "serving" }) })).map(({ reason }) => reason?.word ?? null)).toEqual(["reason.finish-first", null, null]);
});

test("papers of a window that nobody attends are taken over: the visitor waits for this one, also while somebody is here", () => {
  const [row] = heldRows(situation({ held: [held({ here: false, kept_at: 3 })], ticket: ticket({ state: "serving" }) }));
  expect([row?.act, row?.reason]).toEqual(["transfer", null]);
  expect(bringing(row!, 5, "from 3")).toEqual({ ticket: row!.id, business: "C", to_window: 5, note: "from 3" });
  expect(bringing({ ...row!, act: "resume" }, 5, "from 3")).toEqual({ ticket: row!.id });
});

test("without a link nobody is brought back", () => {
  expect([...missedRows(situation({ missed: [missed()] }, "lost")), ...heldRows(situation({ held: [held()] }, "lost"))].map(({ reason }) => reason?.word)).toEqual(["reason.lost", "reason.lost"]);
});

test("the lists share the rows, and what one leaves free the others have", () => {
  expect(shared([2, 3, 1], 9)).toEqual([2, 3, 1]);
  expect(shared([20, 20, 20], 9)).toEqual([3, 3, 3]);
  expect(shared([20, 20, 0], 9)).toEqual([5, 4, 0]);
  expect(shared([20, 1, 8], 9)).toEqual([4, 1, 4]);
  expect(shared([0, 0, 0], 9)).toEqual([0, 0, 0]);
});

test("the rows move only as far as the one in focus needs", () => {
  expect(scrolled(0, 4, 20, 5)).toBe(0);
  expect(scrolled(0, 5, 20, 5)).toBe(1);
  expect(scrolled(6, 3, 20, 5)).toBe(3);
  expect(scrolled(17, 17, 18, 5)).toBe(13);
  expect(scrolled(3, 0, 2, 5)).toBe(0);
});

test("minutes left are those begun", () => {
  expect([60_001, 60_000, 1, 0, -5].map((until) => minutesLeft(until, 0))).toEqual([2, 1, 1, 0, 0]);
});
