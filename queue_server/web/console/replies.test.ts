// What is said after an act.

import { expect, test } from "vitest";
import { Problem } from "../shared/wire";
import { afterAct, afterProblem } from "./replies";
import { ticket, view } from "./samples";

const a = ticket({ number: "A012", calls: 1 });
const b = ticket({ id: "b", number: "B003", calls: 1 });
const nobody = view();
const atWindow = view({ ticket: a });

test("a call, and a finish with a call, name the numbers", () => {
  expect(afterAct("next", b, nobody).saying).toEqual({ word: "said.called", facts: { number: "B003" } });
  expect(afterAct("finish-next", b, atWindow).saying).toEqual({ word: "said.finished-called", facts: { before: "A012", number: "B003" } });
});

test("an answer without a ticket is no success to cheer about", () => {
  expect(afterAct("next", null, nobody)).toMatchObject({ tone: "attention", saying: { word: "said.no-one-waits" } });
  expect(afterAct("finish-next", null, atWindow)).toMatchObject({ tone: "attention", saying: { word: "said.finished-none-waits", facts: { number: "A012" } } });
});

test("a recall says whether it counted", () => {
  expect(afterAct("recall", ticket({ calls: 2 }), atWindow).saying).toEqual({ word: "said.recalled", facts: { number: "A012", calls: 2 } });
  expect(afterAct("recall", ticket({ calls: 1 }), atWindow).saying).toEqual({ word: "said.recalled-uncounted", facts: { number: "A012", calls: 1 } });
});

test("a pause that waits for whoever is at the window says so", () => {
  expect(afterAct("pause", null, nobody).saying?.word).toBe("said.pause");
  expect(afterAct("pause", null, atWindow).saying).toEqual({ word: "said.pause-after", facts: { number: "A012" } });
});

test("refusals are told in our words with their facts, unknown ones in the server's", () => {
  expect(afterProblem(new Problem("clerk-elsewhere", 409, "…", { window: 7 }))).toMatchObject({ tone: "attention", saying: { word: "problem.clerk-elsewhere", facts: { window: 7 } } });
  expect(afterProblem(new Problem("day-closed", 409, "The day is closed."))).toEqual({ tone: "attention", saying: null, text: "The day is closed." });
  expect(afterProblem(new Problem("strange", 400)).saying).toEqual({ word: "problem.other", facts: { code: "strange" } });
});

test("silence is said as silence", () => {
  expect(afterProblem(new Problem("no-answer", 0, "", { key: "k" }))).toMatchObject({ tone: "stop", saying: { word: "problem.no-answer" } });
  expect(afterProblem(new Problem("unreachable"))).toMatchObject({ tone: "stop", saying: { word: "problem.unreachable" } });
});

test("a pause is why nobody was called after the finish", () => {
  expect(afterAct("finish-next", null, view({ ticket: a, state: "paused" })).saying?.word).toBe("said.finished-paused");
});

test("what was done to a number that was looked up names it", () => {
  expect(afterAct("move", ticket({ business: "B" }), nobody).saying).toEqual({ word: "said.move", facts: { number: "A012", business: "B" } });
  expect((["grade", "mark-timing"] as const).map((act) => afterAct(act, a, nobody).saying)).toEqual([{ word: "said.grade", facts: { number: "A012" } }, { word: "said.mark-timing", facts: { number: "A012" } }]);
});

test("an undone act is told with what it was", () => {
  const before = view({ undo: { act: "missed", number: "A012", until: 9 } });
  expect(afterAct("undo", a, before)).toEqual({ tone: "done", saying: { word: "said.undone", facts: { number: "A012", act: "missed" } }, text: "" });
});

test("a hold says which, a finish whether another business follows, a window's answer stands without a number", () => {
  expect(afterAct("hold", ticket({ hold: "awaiting" }), atWindow).saying?.word).toBe("said.held-awaiting");
  expect(afterAct("finish", ticket({ state: "waiting" }), atWindow).saying?.word).toBe("said.next-turn");
  expect(afterAct("pause", { window: 5, state: "paused", paused: "meal", help: false }, nobody)).toMatchObject({ tone: "done", saying: { word: "said.pause" } });
});
