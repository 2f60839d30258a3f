// The sentence the floor opens with, from what the server found most wrong: the page chooses nothing, it only says it.

import { minutes } from "../shared/time";
import type { Floor, HallFacts, Names } from "../shared/wire";
import type { Saying } from "../shared/words";
import { waitingNow } from "./look";

type Name = (business: string) => string;

/** Two sentences: how many wait and how long, and what is most wrong; an evacuation comes before how many wait. */
export function opening(floor: Floor, name: Name, now: number): readonly Saying[] {
  const { kind, business, window, since } = floor.first;
  const wait = waitingNow(floor);
  const first: Saying = wait.n === 0 ? { word: "first.nobody" } : { word: "first.waiting", facts: wait };
  if (kind === "calm") return [first];
  const queue = floor.queues.find((each) => each.business === business);
  const facts = { business: business === null ? "" : name(business), window: window ?? 0, n: queue?.waiting ?? 0, alarm: queue?.alarm ?? 0, minutes: minutes(now - (since ?? now)) };
  const wrong: Saying = { word: `first.${kind}`, facts, count: kind === "help" ? facts.minutes : facts.n };
  return kind === "evacuated" ? [wrong, first] : [first, wrong];
}

/** What the key would do, and what speaks against pressing it at once; null where no act at a window helps. */
export function helping(floor: Floor, now: number, reason: (code: string) => string): Saying | null {
  const helps = floor.first.helps;
  if (helps === null) return null;
  // Where the sentence itself is about that pause, only what speaks against the key is left to say.
  const word = floor.first.kind === "pause" ? "helps.pause-more" : `helps.${helps.act}-more`;
  const at = floor.windows.find((each) => each.window === helps.window);
  const paused = minutes(now - (at?.since ?? now));
  return { word, facts: { window: helps.window, minutes: paused, reason: reason(at?.paused ?? "") } };
}

/** How a business is called in sentences: its letter and its name. */
export function naming(hall: Pick<HallFacts, "businesses"> | null, named: (names: Names | null | undefined, otherwise?: string) => string): Name {
  return (code) => `${code} ${named(hall?.businesses.find((each) => each.code === code)?.names)}`.trim();
}
