// How often a phone asks, and when what it shows is old.
import { expect, test } from "vitest";
import type { OwnTicket } from "../../../queue_server/web/shared/wire";
import { answered, EVERY_MS, failed, NOT_ASKED, old, pause } from "./asking";

const ticket = (state: OwnTicket["state"]): OwnTicket => ({
  number: "A012", business: "A", state, ahead: 3, window: null, calls: 0, issued_at: 0, hall: "main", names: {}, business_names: {}, time_zone: "Asia/Shanghai", windows_open: 2, notice: null, at: 0,
});
const lost = { status: 0 };

test("asks every 5 s while the ticket lives, once a minute when it is over", () => {
  expect(["waiting", "called", "serving", "missed"].map((state) => pause(answered(ticket(state as "waiting"), 0)))).toEqual([EVERY_MS, EVERY_MS, EVERY_MS, EVERY_MS]);
  expect(pause(answered(ticket("finished"), 0))).toBe(60_000);
});

test("asks less and less while nothing answers, and at once as before after an answer", () => {
  let asked = answered(ticket("waiting"), 0);
  const pauses: number[] = [];
  for (let i = 0; i < 6; i++) pauses.push(pause((asked = failed(asked, lost))));
  expect(pauses).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
  expect(pause(answered(ticket("waiting"), 99))).toBe(EVERY_MS);
});

test("keeps showing the ticket through a failure and says when it is old", () => {
  const asked = failed(answered(ticket("waiting"), 1_000), lost);
  expect(asked.ticket?.number).toBe("A012");
  expect(old(asked, 11_000)).toBe(false);
  expect(old(asked, 11_001)).toBe(true);
  expect(old(NOT_ASKED, 60_000)).toBe(false);
  expect(old(failed(NOT_ASKED, lost), 0)).toBe(true);
});

test("a finished ticket does not grow old by itself", () => {
  expect(old(answered(ticket("finished"), 0), 3_600_000)).toBe(false);
});

test("an unknown or expired ticket is gone, and a rate limit is not", () => {
  expect(failed(answered(ticket("waiting"), 0), { status: 404 })).toMatchObject({ gone: true, ticket: null });
  expect(failed(answered(ticket("waiting"), 0), { status: 429 })).toMatchObject({ gone: false });
});
