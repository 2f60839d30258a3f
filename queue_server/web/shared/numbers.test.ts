// Numbers looked up: how they are typed, what may be done with them, and how the order is told.

import { expect, test } from "vitest";
import { typedNumber, whyNot } from "./allowed";
import en from "./languages/en.json";
import hans from "./languages/zh-Hans.json";
import hant from "./languages/zh-Hant.json";
import { toldBefore, toldPassing } from "./order";
import type { Ticket } from "./wire";

const ticket = (more: Partial<Ticket>): Ticket => ({ state: "waiting", more_time: false, hold: null, timing_wrong: false, ...more }) as Ticket;
const about = { mine: "A012", whose: "A012’s" };

test("an act that cannot be has its reason", () => {
  expect(whyNot("move", ticket({}))).toBeNull();
  expect(whyNot("move", ticket({ state: "called" }))).toBe("not.waiting-only");
  expect(whyNot("requeue", ticket({ state: "missed" }))).toBeNull();
  expect(whyNot("requeue", ticket({}))).toBe("not.missed-only");
  expect(whyNot("more-time", ticket({ more_time: true }))).toBe("not.has-more-time");
  expect(whyNot("rejoin", ticket({ state: "held", hold: "papers-with-visitor" }))).toBeNull();
  expect(whyNot("rejoin", ticket({ state: "held", hold: "papers-kept" }))).toBe("not.papers-kept");
  expect(whyNot("grade", ticket({ state: "void" }))).toBe("not.over");
  expect((["serving", "held", "finished", "waiting"] as const).map((state) => whyNot("mark-timing", ticket({ state })))).toEqual([null, null, null, "not.served-only"]);
  expect(whyNot("mark-timing", ticket({ state: "finished", timing_wrong: true }))).toBe("not.timing-marked");
});

test("a number is understood as people type it", () => {
  expect(["c41", "C 041", "Ｃ０４１", "ab-1234"].map(typedNumber)).toEqual(["C041", "C041", "C041", "AB1234"]);
  expect(["41", "C", "", "ABC12", "C036; drop"].map(typedNumber)).toEqual([null, null, null, null, null]);
});

test("why another was first: its cause with the hall's time and at least one minute", () => {
  const before = { number: "B001", window: 5, at: Date.UTC(2026, 10, 24, 2, 24), cause: "place" as const, ms: 20_000 };
  expect(toldBefore(before, about, "Asia/Shanghai")).toEqual({ word: "order.cause.place", facts: { number: "B001", window: 5, minutes: 1, time: "10:24", ...about } });
  expect([89_000, 91_000, 600_000].map((ms) => toldBefore({ ...before, ms }, about, "UTC").facts!.minutes)).toEqual([1, 2, 10]);
});

test("who may still pass, or that nobody may, and until when", () => {
  const passing = { ahead: 3, may_pass: 2, at_least: false, until: 0 };
  expect(toldPassing(passing, about, "UTC").map(({ word }) => word)).toEqual(["order.may-pass", "order.until"]);
  expect(toldPassing({ ...passing, may_pass: 0 }, about, "UTC")[0]).toEqual({ word: "order.nobody-passes", facts: { mine: "A012" } });
});

test("the three languages give the same sentences", () => {
  for (const other of [hant, en]) {
    expect(Object.keys(other.order.cause)).toEqual(Object.keys(hans.order.cause));
    expect(Object.keys(other.order)).toEqual(Object.keys(hans.order));
    expect(Object.keys(other.not)).toEqual(Object.keys(hans.not));
  }
});
