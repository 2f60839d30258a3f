// The recommendation in words: which sentence, with which figures; the sentences themselves are in the language files.

import type { Level, Result } from "./result";

export interface Said {
  word: string;
  facts: Record<string, string | number>;
  /** For languages with a plural: how many. */
  count?: number;
}

export type Trust = "high" | "medium" | "low" | "unchecked";

export const minutes = (seconds: number): number => Math.round(seconds / 60);

/** Minutes with a digit or two while they are small, so that ±0.04 does not read as ±0. */
export const fine = (seconds: number): string => (seconds / 60).toFixed(Math.abs(seconds) < 57 ? 2 : Math.abs(seconds) < 594 ? 1 : 0);

export const percent = (share: number): string => String(Math.round(share * 100));

/** The level of so many windows. */
export function level(result: Result, windows: number): Level | undefined {
  return result.levels.find((each) => each.windows === windows);
}

/** How many windows meet the target, or that none tried does. */
export function verdict(result: Result): Said {
  const target = minutes(result.target_s);
  if (result.recommended !== null) return { word: "say.enough", facts: { n: result.recommended, target }, count: result.recommended };
  const most = result.levels[result.levels.length - 1]!;
  return { word: "say.none", facts: { n: most.windows, target, percent: percent(most.called_in_time.mean) }, count: most.windows };
}

/** What the recommendation costs beside what was recorded; null where no windows were recorded. */
export function cost(result: Result): Said | null {
  const chosen = result.recommended === null ? undefined : level(result, result.recommended);
  if (!chosen || result.windows === null) return null;
  const hours = chosen.window_hours / chosen.windows;
  const difference = chosen.windows - result.windows;
  const facts = { recorded: result.windows.toFixed(1), hours: Math.abs(difference * hours).toFixed(1), total: chosen.window_hours.toFixed(1) };
  if (Math.abs(difference) < 0.5) return { word: "say.cost-same", facts };
  return { word: difference > 0 ? "say.cost-more" : "say.cost-less", facts };
}

/** What one window fewer than recommended would do: shows why it is not enough. */
export function oneFewer(result: Result): Said | null {
  if (result.recommended === null) return null;
  const fewer = level(result, result.recommended - 1);
  if (!fewer) return { word: "say.fewer-untried", facts: { n: result.recommended - 1 }, count: result.recommended - 1 };
  return { word: "say.fewer", facts: { n: fewer.windows, percent: percent(fewer.called_in_time.mean), minutes: fine(fewer.wait_all_p90_s.mean) }, count: fewer.windows };
}

/** The same method on the recorded days: what it gave, what was recorded. */
export function check(result: Result): Said | null {
  if (!result.again || !result.recorded) return null;
  const [simulated, recorded] = [result.again.wait_all_mean_s.mean, result.recorded.wait_all_mean_s];
  const error = simulated - recorded;
  const word = Math.abs(error) < 30 ? "say.check-even" : error > 0 ? "say.check-high" : "say.check-low";
  return { word, facts: { simulated: fine(simulated), recorded: fine(recorded), error: fine(Math.abs(error)) } };
}

/** How far to trust the run, by how well the same method met the recorded days. */
export function trust(result: Result): Trust {
  if (!result.again || !result.recorded || result.recorded.wait_all_mean_s <= 0) return "unchecked";
  const off = Math.abs(result.again.wait_all_mean_s.mean / result.recorded.wait_all_mean_s - 1);
  return off <= 0.1 ? "high" : off <= 0.25 ? "medium" : "low";
}

/** The level whose interval the page quotes: the recommended one, else the largest tried. */
export function quoted(result: Result): Level {
  return level(result, result.recommended ?? -1) ?? result.levels[result.levels.length - 1]!;
}
