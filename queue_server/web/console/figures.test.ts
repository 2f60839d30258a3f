// Times, pace, band, outcomes, windows, the reason of a call.

import { expect, test } from "vitest";
import { BACK_MS, NO_BAND, onLink, onTick } from "../shared/band";
import { wait } from "../shared/pace";
import { clockTime, running } from "../shared/time";
import { countsFrom, longest, waited } from "./clock";
import { outcomeAt, preChosen } from "./outcomes";
import { ticket, view } from "./samples";
import { whyParts } from "../shared/why";
import { choices, mayFree, windowState, work } from "./windows";

test("running time", () => {
  expect([0, 402_999, 3_600_000, 4_002_000, -5].map(running)).toEqual(["00:00", "06:42", "1:00:00", "1:06:42", "00:00"]);
  expect(countsFrom(ticket({ state: "called", called_at: 5 }))).toBe(5);
  expect(countsFrom(ticket({ state: "serving", called_at: 5, started_at: 9 }))).toBe(9);
  expect(clockTime(1_795_500_008_000, "Asia/Shanghai")).toMatch(/^\d\d:\d\d:08$/);
});

test("waits end with the first call", () => {
  expect(waited(ticket({ queued_at: 0 }), 125_000)).toBe(2);
  expect(waited(ticket({ queued_at: 0, called_at: 60_000 }), 600_000)).toBe(1);
  expect(longest([ticket({ queued_at: 60_000 }), ticket({ queued_at: 0 })], 180_000)).toBe(3);
  expect(longest([], 1)).toBeNull();
});

test("the window is fetched once a second at most", () => {
  expect(wait(null, 5)).toBe(0);
  expect(wait(1_000, 1_300)).toBe(700);
  expect(wait(1_000, 2_500)).toBe(0);
});

test("the band: red from the loss on, green for five seconds after", () => {
  const lost = onLink(NO_BAND, true, 1_000, 77);
  expect(lost).toEqual({ kind: "lost", lostAt: 1_000, since: 77 });
  expect(onLink(lost, true, 9_000, 99)).toBe(lost);
  expect(onTick(lost, 60_000)).toBe(lost);
  const back = onLink(lost, false, 13_000, 88);
  expect(back).toEqual({ kind: "back", backAt: 13_000, awayMs: 12_000 });
  expect(onTick(back, 13_000 + BACK_MS - 1)).toBe(back);
  expect(onTick(back, 13_000 + BACK_MS)).toBe(NO_BAND);
  expect(onLink(NO_BAND, false, 1, null)).toBe(NO_BAND);
});

test("outcomes", () => {
  expect(preChosen(["accepted", "completed"])).toBe("accepted");
  expect(preChosen([])).toBe("");
  expect(outcomeAt(["accepted", "completed"], 2)).toBe("completed");
  expect(outcomeAt(["accepted", "completed"], 3)).toBeNull();
});

test("why this visitor, in parts that are all true", () => {
  const why = { reluctance_ms: 600_000, passed: 0 };
  const words = (...asked: Parameters<typeof whyParts>): string[] => whyParts(...asked).map(({ word }) => word);
  expect(words({ ...why, cause: "longest" }, [], "、")).toEqual(["why.longest"]);
  expect(words({ ...why, cause: "only" }, ["老人"], "、")).toEqual(["why.only"]);
  expect(whyParts({ ...why, cause: "head-start", passed: 3 }, ["老人", "军人"], "、")).toEqual([
    { word: "why.priority", facts: { classes: "老人、军人" } },
    { word: "why.passed", facts: { n: 3 }, count: 3 },
  ]);
  expect(words({ ...why, cause: "head-start", passed: 1 }, [], "、")).toEqual(["why.head-start", "why.passed"]);
  for (const cause of ["main-work", "tie", "place"] as const) {
    expect(words({ ...why, cause, passed: 1 }, [], "、")).toEqual([`why.${cause}`, "why.passed"]);
    expect(words({ ...why, cause, passed: 1 }, ["老人"], "、")).toEqual([`why.${cause}`, "why.priority", "why.passed"]);
  }
  expect(whyParts({ ...why, cause: "secondary" }, [], "、")).toEqual([{ word: "why.secondary", facts: { minutes: 10 } }]);
  expect(words({ ...why, cause: "own", passed: 1 }, [], "、")).toEqual(["why.own", "why.passed"]);
  expect(words({ ...why, cause: "direct" }, [], "、")).toEqual(["why.direct"]);
  expect(words({ ...why, cause: "secondary", passed: 2 }, ["老人"], "、")).toEqual(["why.secondary", "why.priority", "why.passed"]);
});

test("windows to choose from", () => {
  const facts = [{ window: 5, zone: "2", serves: {} }, { window: 6, zone: "2", serves: {} }, { window: 7, zone: null, serves: {} }];
  const views = new Map([[5, view({ ticket: ticket({ state: "called" }) })], [6, view({ window: 6, clerk: null })]]);
  expect(choices(facts, views, "0105").map(({ seat, state, number }) => [seat, state, number])).toEqual([["mine", "calling", "A012"], ["free", "free", null], ["unknown", "free", null]]);
  expect(choices(facts, views, "0107")[0]?.seat).toBe("taken");
  expect(windowState(view({ state: "closed" }))).toBe("closed");
  expect(windowState(view({ state: "paused" }))).toBe("paused");
});

test("a manager may free a window where a colleague sits and no visitor is", () => {
  const facts = [5, 6, 7].map((window) => ({ window, zone: null, serves: {} }));
  const cards = choices(facts, new Map([[5, view()], [6, view({ window: 6, clerk: null })], [7, view({ window: 7, ticket: ticket({ state: "serving" }) })]]), "0001");
  expect(cards.map((card) => mayFree(card, "manager"))).toEqual([true, false, false]);
  expect(cards.map((card) => mayFree(card, "clerk"))).toEqual([false, false, false]);
});

test("what a window does", () => {
  expect(work({ serves: { A: 0, B: 0 } }, ["A", "B"])).toEqual({ main: ["A", "B"], helps: [], everything: true });
  expect(work({ serves: { G: 0, A: 600_000 } }, ["A", "B", "G"])).toEqual({ main: ["G"], helps: ["A"], everything: false });
});
