// What may be pressed, and why not.

import { expect, test } from "vitest";
import { CONTROLS, mayMissAt, offer, standing, type Situation } from "./acting";
import { ticket, view } from "./samples";

const situation = (more: Partial<Situation> = {}): Situation => ({ view: view(), link: "up", maxCalls: 3, now: 100_000, outcome: "accepted", ...more });
const called = (calls: number, may_miss_at: number | null): Situation => situation({ view: view({ ticket: ticket({ state: "called", calls }), may_miss_at }) });
const serving = situation({ view: view({ ticket: ticket({ state: "serving", calls: 1 }) }) });

test("nobody here: the main key calls the next, the rest say that nobody is here", () => {
  expect(offer("main", situation())).toEqual({ act: "next", body: {}, reason: null });
  expect(["recall", "start", "missed", "finish"].map((control) => offer(control as "recall", situation()).reason?.word)).toEqual(Array(4).fill("reason.nobody"));
  expect(offer("leave", situation()).reason).toBeNull();
});

test("nobody waits: the main key says so", () => {
  expect(offer("main", situation({ view: view({ waiting_count: 0 }) })).reason?.word).toBe("reason.no-one-waits");
});

test("somebody here: the main key finishes with the outcome and calls the next", () => {
  expect(offer("main", { ...serving, outcome: "completed" })).toEqual({ act: "finish-next", body: { outcome: "completed" }, reason: null });
  expect(offer("finish", serving)).toEqual({ act: "finish", body: { outcome: "accepted" }, reason: null });
  expect(offer("leave", serving).reason).toEqual({ word: "reason.finish-first", facts: { number: "A012" } });
});

test("a visitor being served can be neither recalled, started nor missed", () => {
  expect(["recall", "start", "missed"].map((control) => offer(control as "recall", serving).reason?.word)).toEqual(Array(3).fill("reason.serving"));
});

test("missed says how often to call, and counts down while a call would not count", () => {
  expect(offer("missed", called(1, 112_400)).reason).toEqual({ word: "reason.call-again-in", facts: { n: 2, seconds: 13 }, count: 2 });
  expect(offer("missed", called(2, 99_000)).reason).toEqual({ word: "reason.call-again", facts: { n: 1 }, count: 1 });
  expect(offer("missed", called(3, null)).reason).toBeNull();
});

test("between an answer and the next fetch the countdown goes on", () => {
  const before = view({ ticket: ticket({ state: "called", calls: 1 }), may_miss_at: 105_000 });
  expect(mayMissAt(before, ticket({ state: "called", calls: 1 }), 100_000, 20_000)).toBe(105_000);
  expect(mayMissAt(before, ticket({ state: "called", calls: 2 }), 106_000, 20_000)).toBe(126_000);
  expect(mayMissAt(view(), ticket({ state: "called", calls: 1 }), 100_000, 20_000)).toBe(120_000);
  expect(mayMissAt(before, ticket({ state: "serving", calls: 1 }), 100_000, 20_000)).toBeNull();
  expect(mayMissAt(before, null, 100_000, 20_000)).toBeNull();
});

test("the message line stands still, so it carries no countdown", () => {
  expect(standing({ word: "reason.call-again-in", facts: { n: 2, seconds: 13 }, count: 2 }).word).toBe("reason.call-again");
  expect(standing({ word: "reason.nobody" }).word).toBe("reason.nobody");
});

test("without a link nothing is offered", () => {
  for (const control of ["main", ...CONTROLS] as const) {
    expect(offer(control, { ...serving, link: "lost" }).reason?.word).toBe("reason.lost");
    expect(offer(control, { ...serving, link: "joining" }).reason?.word).toBe("reason.joining");
    expect(offer(control, { ...serving, view: null }).reason?.word).toBe("reason.joining");
  }
});
