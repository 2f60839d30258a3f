// The line set of symbols: 24-unit grid, stroke 2, round ends. A symbol always stands beside a word, so it is hidden from screen readers.

export interface Drawing {
  readonly lines: string;
  readonly width?: number;
  readonly circles?: readonly (readonly [x: number, y: number, radius: number])[];
  readonly dots?: readonly (readonly [x: number, y: number, radius: number])[];
  readonly dashed?: string;
}

export const drawings = {
  logo: { lines: "M4.5 2.5L7 5.5M4 9v12.5M11 4h9v17.5h-3.5", width: 2.6 },
  // states of a ticket and of a window
  people: { lines: "M2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6M16 5.2a3 3 0 0 1 0 5.8M18.5 14.5c1.9.8 2.8 2.6 3 5", circles: [[9, 8, 3.5]] },
  speaker: { lines: "M4 9.5v5h3.5L13 19V5L7.5 9.5zM16.5 9a4.5 4.5 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11" },
  "speaker-rest": { lines: "M4 9.5v5h3.5L13 19V5L7.5 9.5z" },
  "speaker-off": { lines: "M4 9.5v5h3.5L13 19V5L7.5 9.5zM16.5 9.5l5 5M21.5 9.5l-5 5" },
  sheet: { lines: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6" },
  hold: { lines: "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM10 9v6M14 9v6" },
  flag: { lines: "M6 21V4h12l-3 4 3 4H6" },
  check: { lines: "M4.5 12.5l5 5L19.5 7" },
  cross: { lines: "M6 6l12 12M18 6L6 18" },
  pause: { lines: "M9.5 8v8M14.5 8v8", dashed: "M4 4h16v16H4z" },
  priority: { lines: "M12 2.5L21.5 12 12 21.5 2.5 12zM12 15.5v-7M9 11l3-3 3 3" },
  reviewed: { lines: "M3 5h13l5.5 7L16 19H3zM7 12l2.5 2.5 4.5-5" },
  booking: { lines: "M4 6h16v15H4zM4 10.5h16M8.5 3v4M15.5 3v4M8.5 15.5l2.5 2.5 4.5-4.5" },
  offline: { lines: "M3 3l18 18M5 9.5a11 11 0 0 1 3.5-2M12 6.5c3 0 5.5 1 7.5 3M8 13.5a6 6 0 0 1 2.5-1.3M14.5 13l1.5.9", dots: [[12, 18, 1.2]] },
  hand: { lines: "M5 21v-4.5L3.5 12a1.5 1.5 0 0 1 2.7-1.2L8 13V5a1.5 1.5 0 0 1 3 0v6-7.5a1.5 1.5 0 0 1 3 0V11 5a1.5 1.5 0 0 1 3 0v7-4a1.5 1.5 0 0 1 3 0v7c0 2-1 3-1.5 6" },
  transfer: { lines: "M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4" },
  again: { lines: "M20 5v5h-5M19.5 10A8 8 0 1 0 20 14" },
  undo: { lines: "M4 5v5h5M4.5 10A8 8 0 1 1 4 14" },
  // ways and things
  arrow: { lines: "M3 12h17M13.5 5l7 7-7 7" },
  back: { lines: "M14.5 5L7.5 12l7 7" },
  forward: { lines: "M9.5 5l7 7-7 7" },
  down: { lines: "M5 9l7 7 7-7" },
  low: { lines: "M4 4h16M12 8v11M7 14.5l5 5 5-5" },
  printer: { lines: "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z" },
  lock: { lines: "M6.5 11h11A1.5 1.5 0 0 1 19 12.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19.5v-7A1.5 1.5 0 0 1 6.5 11zM8 11V8a4 4 0 0 1 8 0v3" },
  bell: { lines: "M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10.5 21.5h3" },
  clock: { lines: "M12 6.5V12l3.5 2.5", circles: [[12, 12, 9]] },
  alert: { lines: "M12 3.5L22 20.5H2zM12 10v5", dots: [[12, 17.7, 0.6]] },
  help: { lines: "M9.3 9.5a2.8 2.8 0 1 1 4 2.5c-.9.5-1.3 1-1.3 2", circles: [[12, 12, 9]], dots: [[12, 17, 0.8]] },
  search: { lines: "M15.5 15.5L21 21", circles: [[10.5, 10.5, 6.5]] },
  list: { lines: "M9 6h11M9 12h11M9 18h11", dots: [[4.5, 6, 1], [4.5, 12, 1], [4.5, 18, 1]] },
} as const satisfies Record<string, Drawing>;

export type SymbolName = keyof typeof drawings;

/** The drawing of a symbol, typed alike for every name. */
export function drawing(name: SymbolName): Drawing {
  return drawings[name];
}
