// What is said after an act.

import { expect, test } from "vitest";
import { Problem } from "../shared/wire";
import { afterAct, afterProblem } from "./replies";
import { ticket } from "./samples";

const a = ticket({ number: "A012", calls: 1 });
const b = ticket({ id: "b", number: "B003", calls: 1 });

test("a call, and a finish with a call, name the numbers", () => {
  expect(afterAct("next", b, null).saying).toEqual({ word: "said.called", facts: { number: "B003" } });
  expect(afterAct("finish-next", b, a).saying).toEqual({ word: "said.finished-called", facts: { before: "A012", number: "B003" } });
});

test("an answer without a ticket is no success to cheer about", () => {
  expect(afterAct("next", null, null)).toMatchObject({ tone: "attention", saying: { word: "said.no-one-waits" } });
  expect(afterAct("finish-next", null, a)).toMatchObject({ tone: "attention", saying: { word: "said.finished-none-waits", facts: { number: "A012" } } });
});

test("a recall says whether it counted", () => {
  expect(afterAct("recall", ticket({ calls: 2 }), a).saying).toEqual({ word: "said.recalled", facts: { number: "A012", calls: 2 } });
  expect(afterAct("recall", ticket({ calls: 1 }), a).saying).toEqual({ word: "said.recalled-uncounted", facts: { number: "A012", calls: 1 } });
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
