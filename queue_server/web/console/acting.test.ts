// What may be pressed, and why not.

import { expect, test } from "vitest";
import { mayMissAt, offer, standing, undoSeconds, type Situation } from "./acting";
import { ACTING } from "./controls";
import { ticket, view } from "./samples";

const situation = (more: Partial<Situation> = {}): Situation => ({ view: view(), link: "up", maxCalls: 3, now: 100_000, outcome: "accepted", ...more });
const called = (calls: number, may_miss_at: number | null): Situation => situation({ view: view({ ticket: ticket({ state: "called", calls }), may_miss_at }) });
const serving = situation({ view: view({ ticket: ticket({ state: "serving", calls: 1 }) }) });

test("nobody here: the main key calls the next, the rest say that nobody is here", () => {
  expect(offer("main", situation())).toEqual({ act: "next", body: {}, reason: null, form: null });
  const needed = ["recall", "start", "missed", "more-time", "hold", "transfer", "finish"] as const;
  expect(needed.map((control) => offer(control, situation()).reason?.word)).toEqual(needed.map(() => "reason.nobody"));
  expect(offer("leave", situation()).reason).toBeNull();
});

test("in an evacuation nobody is called, and whoever is here is served to the end", () => {
  const evacuated = { evacuated: true };
  expect((["main", "direct"] as const).map((control) => offer(control, situation(evacuated)).reason?.word)).toEqual(["reason.evacuated", "reason.evacuated"]);
  expect((["recall", "missed", "start"] as const).map((control) => offer(control, { ...called(1, 0), ...evacuated }).reason?.word)).toEqual(["reason.evacuated", "reason.evacuated", undefined]);
  expect(offer("main", { ...serving, ...evacuated })).toEqual(offer("main", serving));
});

test("nobody waits: the main key says so", () => {
  expect(offer("main", situation({ view: view({ waiting_count: 0 }) })).reason?.word).toBe("reason.no-one-waits");
});

test("somebody here: the main key finishes with the outcome and calls the next", () => {
  expect(offer("main", { ...serving, outcome: "completed" })).toEqual({ act: "finish-next", body: { outcome: "completed" }, reason: null, form: null });
  expect(offer("finish", serving)).toEqual({ act: "finish", body: { outcome: "accepted" }, reason: null, form: null });
  expect(offer("leave", serving).reason).toEqual({ word: "reason.finish-first", facts: { number: "A012" } });
});

test("while a paper is marked missing nobody is finished as accepted: the slip comes first", () => {
  const lacking = { ...serving, papers: { any: true, items: 2, missing: 2, served: null } };
  const forms = (outcome: string, papers = lacking.papers) => (["main", "finish"] as const).map((control) => offer(control, { ...lacking, outcome, papers }).form);
  for (const outcome of ["accepted", "completed", "papers-missing"]) expect(forms(outcome)).toEqual(["tell", "tell"]);
  expect(forms("accepted-on-promise")).toEqual(["promise", "promise"]);
  expect(forms("consultation")).toEqual([null, null]);
  expect(forms("accepted", { ...lacking.papers, missing: 0 })).toEqual([null, null]);
  expect(forms("papers-missing", { any: false, items: 2, missing: 0, served: null })).toEqual([null, null]);
});

test("an item chosen at the window is the one that was served", () => {
  const chosen = { ...serving, papers: { any: true, items: 2, missing: 0, served: "change" } };
  expect(offer("finish", chosen).body).toEqual({ outcome: "accepted", served: [{ item: "change", quantity: 1 }] });
});

test("what was done is asked for where somebody is here whose business has items", () => {
  const listed = { any: false, items: 2, missing: 0, served: null };
  expect(offer("served", { ...serving, papers: listed })).toEqual({ act: "finish-next", body: {}, reason: null, form: "served" });
  expect(offer("served", serving).reason).toEqual({ word: "reason.no-items" });
  expect(offer("served", situation({ papers: listed })).reason).toEqual({ word: "reason.nobody" });
});

test("a slip needs a checklist; with nobody here an earlier one is printed again", () => {
  expect(offer("tell", situation())).toMatchObject({ reason: null, form: "reprint" });
  expect(offer("tell", serving)).toMatchObject({ act: "papers-missing", reason: { word: "reason.no-checklist" } });
  expect(offer("promise", situation()).reason).toEqual({ word: "reason.nobody" });
});

test("a visitor being served can be neither recalled, started nor missed", () => {
  const before = ["recall", "start", "missed", "more-time"] as const;
  expect(before.map((control) => offer(control, serving).reason?.word)).toEqual(before.map(() => "reason.serving"));
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
  for (const control of ACTING) {
    expect(offer(control, { ...serving, link: "lost" }).reason?.word).toBe("reason.lost");
    expect(offer(control, { ...serving, link: "joining" }).reason?.word).toBe("reason.joining");
    expect(offer(control, { ...serving, view: null }).reason?.word).toBe("reason.joining");
  }
});

test("hold, transfer, pause and a call by number ask first", () => {
  expect((["hold", "transfer", "pause"] as const).map((control) => offer(control, serving))).toMatchObject([{ form: "hold", reason: null }, { form: "transfer", reason: null }, { form: "pause", reason: null }]);
  expect(offer("direct", situation())).toMatchObject({ act: "call-given", form: "direct", reason: null });
  expect(offer("direct", serving).reason?.word).toBe("reason.finish-first");
});

test("a paused window calls nobody and resumes with the same key; a closed one opens", () => {
  const paused = situation({ view: view({ state: "paused", paused: "meal" }) });
  expect(offer("main", paused).reason?.word).toBe("reason.paused");
  expect(offer("direct", paused).reason?.word).toBe("reason.paused");
  expect(offer("pause", paused)).toMatchObject({ act: "unpause", form: null });
  const shut = situation({ view: view({ state: "closed" }) });
  expect(offer("main", shut).reason?.word).toBe("reason.closed");
  expect(offer("pause", shut)).toMatchObject({ act: "open", form: null });
  // Who is there is served to the end.
  expect(offer("main", situation({ view: view({ state: "paused", ticket: ticket({ state: "serving" }) }) })).reason).toBeNull();
});

test("a window is closed when nobody is there, once", () => {
  expect(offer("close", situation())).toEqual({ act: "close", body: {}, reason: null, form: null });
  expect(offer("close", serving).reason?.word).toBe("reason.finish-first");
  expect(offer("close", situation({ view: view({ state: "closed" }) })).reason?.word).toBe("reason.closed");
});

test("more time is given once; help is asked for, then ended", () => {
  const here = ticket({ state: "called" });
  expect(offer("more-time", situation({ view: view({ ticket: here }) }))).toMatchObject({ act: "more-time", body: { ticket: here.id }, reason: null });
  expect(offer("more-time", situation({ view: view({ ticket: { ...here, more_time: true } }) })).reason?.word).toBe("reason.more-time");
  expect([false, true].map((help) => offer("help", situation({ view: view({ help }) })).act)).toEqual(["help", "help-ended"]);
});

test("an undo counts its seconds and is over with them", () => {
  const undo = { act: "missed", number: "A012", until: 108_000 };
  expect(offer("undo", situation()).reason?.word).toBe("reason.no-undo");
  expect(offer("undo", situation({ view: view({ undo }) })).reason).toBeNull();
  expect([100_000, 107_001, 108_000].map((now) => undoSeconds(view({ undo }), now))).toEqual([8, 1, 0]);
  expect(offer("undo", situation({ view: view({ undo }), now: 108_000 })).reason?.word).toBe("reason.undo-over");
});
