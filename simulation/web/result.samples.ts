// A small result, made up, for the tests of the page's pure parts.

import type { Level, Result } from "./result";

export function aLevel(windows: number, within: number, p90: number, mean = p90 / 2): Level {
  return {
    windows,
    window_hours: windows * 8,
    busy: 4 / windows,
    days: 10,
    customers: 1000,
    wait_all_mean_s: { mean, half_width: 30 },
    wait_all_p90_s: { mean: p90, half_width: 60 },
    called_in_time: { mean: within, half_width: 0.01 },
    abandoned: 0.012,
    unserved: 0,
  };
}

export function aResult(changes: Partial<Result> = {}): Result {
  return {
    source: "journal",
    part: {},
    choices: {},
    time_zone: "Asia/Shanghai",
    rows: 10,
    visits: 100,
    days: ["2026-01-05"],
    other_days: [],
    outside: 0,
    cleaning: [],
    wait_meaning: "issue-to-first-call",
    cannot_tell: [],
    assumed: [],
    opens: "08:00",
    closes: "16:00",
    windows: 4,
    arrivals: [{ quarter: "08:00", mean: 2.5, low: 1, high: 4, windows: 3 }],
    businesses: [],
    target_s: 1200,
    share: 0.9,
    seed: 1,
    levels: [aLevel(4, 0.5, 4000), aLevel(5, 0.84, 1600), aLevel(6, 0.95, 800)],
    recommended: 6,
    again: { ...aLevel(4, 0.4, 4000), wait_all_mean_s: { mean: 1080, half_width: 60 } },
    recorded: { n: 100, wait_all_mean_s: 1200 },
    ...changes,
  };
}
