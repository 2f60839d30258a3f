// A page that must know within two seconds that its server is gone: at whatever moment that happens, and never for a slow answer.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LOST_AFTER_MS, Silence } from "./silence";

const TWO_SECONDS = 2_000;
const DRAWN_MS = 200; // left for the page to draw what it knows

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** A server that answers after so long, until the moment from which it never does; and when the page was told of the loss. */
function listened(answersAfterMs: number, lostAt = Infinity) {
  const told: { stale: boolean; at: number; since: number | null }[] = [];
  const answer = (): Promise<boolean> => new Promise((resolve) => setTimeout(() => performance.now() < lostAt && resolve(true), answersAfterMs));
  const silence = new Silence(LOST_AFTER_MS, answer, (stale, since) => told.push({ stale, at: performance.now(), since }));
  silence.start();
  return { silence, told };
}

const MOMENTS = Array.from({ length: 41 }, (_, n) => 10_000 + 25 * n);

test.each([0, 20, 300, 600])("a loss is told in time to be drawn within two seconds, whenever it comes, where an answer takes %d ms", async (took) => {
  for (const after of MOMENTS) {
    const lostAt = performance.now() + after;
    const { silence, told } = listened(took, lostAt);
    await vi.advanceTimersByTimeAsync(after);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(TWO_SECONDS - DRAWN_MS);
    expect(told, `lost after ${after} ms`).toMatchObject([{ stale: true }]);
    silence.stop();
  }
});

test("a server that answers each time within half a second is never taken for lost", async () => {
  const { told } = listened(500);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([]);
});

test("the first word after a silence is told at once, with the server's own time of its last word while it lasted", async () => {
  const { silence, told } = listened(0, 0);
  silence.heard(1_795_500_000_000);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toMatchObject([{ stale: true, since: 1_795_500_000_000 }]);
  expect(silence.stale).toBe(true);
  expect(silence.serverTime()).toBe(1_795_500_005_000);
  silence.heard(1_795_500_005_100);
  expect(told.map(({ stale }) => stale)).toEqual([true, false]);
});

test("a page that may be silent for longer asks for nothing, and one that is closed hears no more", async () => {
  const asked = vi.fn(async () => true);
  const told = vi.fn();
  const display = new Silence(10_000, asked, told);
  display.start();
  await vi.advanceTimersByTimeAsync(9_900);
  display.stop();
  await vi.advanceTimersByTimeAsync(9_900);
  expect([asked.mock.calls.length, told.mock.calls.length]).toEqual([0, 0]);
});
