// What a run tells, as the server sends it; times in seconds, shares between 0 and 1.

export interface Estimate {
  mean: number;
  half_width: number;
}

export interface Figures {
  days: number;
  customers: number;
  /** Of all who were called or left, until then. */
  wait_all_mean_s: Estimate;
  wait_all_p90_s: Estimate;
  /** The share of all customers who were called within the target. */
  called_in_time: Estimate;
  /** The share of all customers who left. */
  abandoned: number;
  /** How many were still there at midnight. */
  unserved: number;
}

export interface Level extends Figures {
  windows: number;
  window_hours: number;
  /** The share of the window-hours that the work fills; over 1 it runs past closing. */
  busy: number;
}

export interface Quarter {
  quarter: string;
  mean: number;
  low: number;
  high: number;
  windows: number;
}

export interface Business {
  code: string;
  name: string;
  visits: number;
  service_mean_s: number;
  service_cv: number | null;
  services: number;
  patience_s: number | null;
}

export interface Cleaned {
  kind: string;
  rows: number;
  done: "kept" | "mended" | "left-out";
}

export interface Result {
  source: "technion" | "warsaw" | "journal";
  part: Record<string, string>;
  choices: Record<string, string[]>;
  time_zone: string;
  rows: number;
  visits: number;
  days: string[];
  other_days: string[];
  outside: number;
  cleaning: Cleaned[];
  wait_meaning: string;
  cannot_tell: string[];
  assumed: string[];
  opens: string;
  closes: string;
  windows: number | null;
  arrivals: Quarter[];
  businesses: Business[];
  target_s: number;
  share: number;
  seed: number;
  levels: Level[];
  recommended: number | null;
  again: Figures | null;
  recorded: { n: number; wait_all_mean_s: number } | null;
}

export type Step = "starting" | "reading" | "simulating" | "done" | "failed" | "cancelled";

export interface Run {
  id: string;
  step: Step;
  done: number;
  total: number;
  problem?: { code: string; title: string; detail: string };
  result?: Result;
}
