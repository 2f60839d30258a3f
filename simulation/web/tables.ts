// The charts as tables: the same figures, for reading and for CSV.

import type { Result } from "./result";
import { fine, percent } from "./sentence";

export interface Table {
  /** Words of the column heads. */
  heads: string[];
  rows: string[][];
}

export function arrivalsTable(result: Result): Table {
  return {
    heads: ["col.quarter", "col.mean", "col.low", "col.high", "col.windows"],
    rows: result.arrivals.map((q) => [q.quarter, q.mean.toFixed(1), String(q.low), String(q.high), q.windows.toFixed(1)]),
  };
}

export function waitsTable(result: Result): Table {
  return {
    heads: ["col.open", "col.hours", "col.wait-mean", "col.wait-p90", "col.in-time", "col.left", "col.unserved", "col.busy"],
    rows: result.levels.map((l) => [
      String(l.windows),
      l.window_hours.toFixed(2),
      `${fine(l.wait_all_mean_s.mean)} ± ${fine(l.wait_all_mean_s.half_width)}`,
      `${fine(l.wait_all_p90_s.mean)} ± ${fine(l.wait_all_p90_s.half_width)}`,
      `${percent(l.called_in_time.mean)}% ± ${percent(l.called_in_time.half_width)}`,
      `${(l.abandoned * 100).toFixed(1)}%`,
      `${((l.unserved / l.customers) * 100).toFixed(1)}%`,
      `${percent(l.busy)}%`,
    ]),
  };
}
