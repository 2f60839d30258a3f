// How large everything on a hall display is, from the panel, its rows and the farthest seat; refuses what nobody could read. Pure.

/** Capitals of ticket and window numbers, in millimetres per metre to the farthest seat. */
export const NUMBER_MM_PER_M = 12;
export const NEWEST_MM_PER_M = 14.4;
/** Han type of all other text: 5.4 mm of type give characters of 5 mm. */
export const TEXT_MM_PER_M = 5.4;

// Heights in capitals of a number, and the parts of the 1080 lines that header and caption take.
const NEWEST_ROW = 1.74;
const OTHER_ROW = 1.35;
const HEADER = 116 / 1080;
const CAPTION = 124 / 1080;
const MARGIN = 64 / 1920;
// Widths in capitals: number of four signs in the newest row, arrow, plate of two digits, label, zone.
const WIDTH = 4.25 + 1.13 + 2.6 + 1.55;
const ZONE = 1.0;
const PANELS_INCH = [43, 50, 55, 65, 75, 86, 98, 110];
const WIDTH_MM_PER_INCH = (25.4 * 16) / Math.hypot(16, 9);

export interface Panel {
  /** The page in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly rows: number;
  /** Width of the lit panel in millimetres; null when nobody measured it: then rows fill the screen and no distance is promised. */
  readonly panelMm: number | null;
  /** The farthest seat in metres; null as above. */
  readonly metres: number | null;
}

/** In CSS pixels. */
export interface Sizes {
  readonly capital: number;
  readonly newestCapital: number;
  readonly text: number;
  readonly header: number;
  readonly caption: number;
  readonly row: number;
  readonly newestRow: number;
  readonly margin: number;
  readonly zoneInHeader: boolean;
  /** The farthest seat that can read this, in metres; null when the panel was not measured. */
  readonly reach: number | null;
}

export interface Refusal {
  readonly refused: "too-few-rows" | "too-far";
  readonly reach: number | null;
  /** Three rows on this panel would reach this far. */
  readonly threeRows: number | null;
  /** The smallest usual panel that would do with the same rows, in inches; null when none does and a second display is needed. */
  readonly inches: number | null;
}

/** Sizes by the rule, or why not and what would do. */
export function sizes(panel: Panel): Sizes | Refusal {
  const made = fitted(panel);
  if (panel.rows < 3) return refuse("too-few-rows", panel, made.reach);
  if (made.reach !== null && panel.metres !== null && made.reach < panel.metres) return refuse("too-far", panel, made.reach);
  return made;
}

function fitted({ width, height, rows, panelMm }: Panel): Sizes {
  const zoneInHeader = rows <= 3;
  const high = (height * (1 - HEADER - CAPTION)) / (NEWEST_ROW + OTHER_ROW * (rows - 1));
  const wide = (width * (1 - 2 * MARGIN)) / (WIDTH + (zoneInHeader ? 0 : ZONE));
  const capital = Math.min(high, wide);
  const reach = panelMm === null ? null : floorTenth((capital * panelMm) / width / NUMBER_MM_PER_M);
  return {
    capital,
    newestCapital: (capital * NEWEST_MM_PER_M) / NUMBER_MM_PER_M,
    text: (capital * TEXT_MM_PER_M) / NUMBER_MM_PER_M,
    header: height * HEADER,
    caption: height * CAPTION,
    row: capital * OTHER_ROW,
    newestRow: capital * NEWEST_ROW,
    margin: width * MARGIN,
    zoneInHeader,
    reach,
  };
}

/** Metres to the tenth below. A centimetre short is no reason to refuse: nobody measured the hall that well. */
export function floorTenth(metres: number): number {
  return Math.floor(10 * (metres + 0.01)) / 10;
}

function refuse(refused: Refusal["refused"], panel: Panel, reach: number | null): Refusal {
  const { metres } = panel;
  const threeRows = panel.rows > 3 ? fitted({ ...panel, rows: 3 }).reach : null;
  const rows = Math.max(3, panel.rows);
  const inches = metres === null ? null : (PANELS_INCH.find((inch) => (fitted({ ...panel, rows, panelMm: inch * WIDTH_MM_PER_INCH }).reach ?? 0) >= metres) ?? null);
  return { refused, reach, threeRows: threeRows !== null && (metres === null || threeRows >= metres) ? threeRows : null, inches };
}

/** The panel as the page's address describes it: `?rows=4&d=9&mm=1439`; nonsense falls back to four rows that fill the screen. */
export function panelFrom(query: URLSearchParams, width: number, height: number): Panel {
  const positive = (name: string): number | null => {
    const value = Number(query.get(name) ?? "");
    return Number.isFinite(value) && value > 0 ? value : null;
  };
  const rows = positive("rows");
  return { width, height, rows: rows === null ? 4 : Math.min(5, Math.floor(rows)), panelMm: positive("mm"), metres: positive("d") };
}
