// The window right after an answer.

import { expect, test } from "vitest";
import { held, missed, ticket, view } from "./samples";
import { settled } from "./settled";
import { transferBody } from "./transfer";

const here = ticket({ state: "serving", window: 5 });
const serving = view({ ticket: here, owner: { name: "王敏", number: "0102" }, notes: [{ at: 1, window: 4, act: "held", by: null, text: "缺副本" }] });

test("who is called or serving at this window stands there, who went elsewhere does not", () => {
  const called = ticket({ state: "called", window: 5 });
  expect(settled(view(), called, 0, 1).ticket).toEqual(called);
  for (const state of ["finished", "held", "missed", "waiting"] as const) expect(settled(serving, { ...here, state, window: null }, 0, 1)).toMatchObject({ ticket: null, owner: null, notes: [] });
  expect(settled(serving, null, 0, 1).ticket).toBeNull();
});

test("somebody else's ticket leaves the visitor at the window, and its row goes", () => {
  const aside = view({ ...serving, missed: [missed()], held: [held()] });
  const after = settled(aside, ticket({ id: missed().id, state: "waiting" }), 0, 1);
  expect(after.ticket).toBe(here);
  expect([after.missed.length, after.held.length, after.notes.length]).toEqual([0, 1, 1]);
  expect(settled(view({ held: [held()] }), ticket({ id: held().id, state: "serving", window: 5 }), 0, 1)).toMatchObject({ held: [], ticket: { id: held().id } });
});

test("a row that is changed and still waits stays in the list", () => {
  const row = { ...ticket({ id: "row", number: "B007" }), waited_ms: 1 };
  const listed = view({ waiting: [row] });
  expect(settled(listed, ticket({ id: "row", number: "B007", priority: ["elderly"] }), 0, 1).waiting).toMatchObject([{ id: "row", priority: ["elderly"], waited_ms: 1 }]);
  expect(settled(listed, ticket({ id: "row", number: "B007", state: "called", window: 5 }), 0, 1).waiting).toEqual([]);
});

test("more time for the visitor here keeps what is known about them", () => {
  const after = settled(serving, { ...here, more_time: true }, 0, 1);
  expect([after.ticket?.more_time, after.owner?.number, after.notes.length]).toEqual([true, "0102", 1]);
});

test("a window's answer changes its state and leaves the visitor", () => {
  expect(settled(serving, { window: 5, state: "paused", paused: "meal", help: true }, 0, 1)).toMatchObject({ state: "paused", paused: "meal", help: true, ticket: here });
});

test("a transfer needs a business and a note, and one addressee at most", () => {
  const filled = { business: "C", window: "", clerk: "", note: " 缺副本 " };
  expect(transferBody(filled)).toEqual({ business: "C", note: "缺副本", to_window: null, to_clerk: null });
  expect(transferBody({ ...filled, window: "７" })).toMatchObject({ to_window: 7 });
  expect(transferBody({ ...filled, clerk: "0105" })).toMatchObject({ to_clerk: "0105" });
  const wrong = [{ business: "" }, { window: "0" }, { window: "5a" }, { window: "5", clerk: "0105" }, { note: "  " }];
  expect(wrong.map((more) => (transferBody({ ...filled, ...more }) as { field: string }).field)).toEqual(["business", "window", "window", "clerk", "note"]);
});
