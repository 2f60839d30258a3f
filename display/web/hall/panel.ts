// How large everything on a window's screen is, from its panel and the farthest reader; refuses what could not be read there. Pure.

import { NUMBER_MM_PER_M, TEXT_MM_PER_M, floorTenth, type Panel } from "./size";

// Heights in lines of text: businesses (two lines), what is said below the number (two lines), foot (two lines).
const HEAD = 2.9;
// Upright, the time has a line above the businesses.
const HEAD_UPRIGHT = 4.3;
const SAID = 3.9;
const FOOT = 3.2;
// What an upright panel needs more: the plate has rows of its own, with its label below.
const LABEL = 1.5;
// In capitals of a number: the plate is higher than its numeral; a number of four signs; a plate of one to three digits.
const PLATE = 1.28;
const NUMBER = 3.47;
const PLATES = [2.0, 2.37, 3.24];
const MARGIN = 0.03;
// Where nobody sits far away, text takes this part of the shorter side.
const TEXT = 0.064;
const PANELS_INCH = [10.1, 15.6, 21.5, 24, 27, 32, 43, 55, 65];

/** In CSS pixels. */
export interface PanelSizes {
  readonly capital: number;
  readonly text: number;
  readonly margin: number;
  /** The panel stands upright: the plate above the number. */
  readonly upright: boolean;
  /** From how far the panel can be read at most, in metres; null when it was not measured. */
  readonly reach: number | null;
}

export interface PanelRefusal {
  readonly refused: "too-far";
  readonly reach: number;
  /** The smallest usual panel of this shape that would do, in inches; null when none does. */
  readonly inches: number | null;
}

/** Sizes for a window of so many digits, or that this panel cannot be read from the farthest seat. */
export function panelSizes(panel: Panel, digits: number): PanelSizes | PanelRefusal {
  const { width, height, panelMm, metres } = panel;
  // Text is at least 5.4/12 of a number: with both at their least the panel reaches farthest.
  const most = capitalWith(panel, digits, (capital) => (capital * TEXT_MM_PER_M) / NUMBER_MM_PER_M);
  const mm = panelMm === null ? null : panelMm / width;
  const reach = mm === null ? null : floorTenth((most * mm) / NUMBER_MM_PER_M);
  if (reach !== null && metres !== null && reach < metres) return { refused: "too-far", reach, inches: inchesFor(panel, most, metres) };
  const needed = mm === null || metres === null ? 0 : (metres * TEXT_MM_PER_M) / mm;
  const text = Math.max(needed, Math.min(TEXT * Math.min(width, height), (most * TEXT_MM_PER_M) / NUMBER_MM_PER_M));
  return { capital: capitalWith(panel, digits, () => text), text, margin: width * MARGIN, upright: height > width, reach };
}

// The largest capital that fits beside text that depends on it (or does not): found by halving, exact to a hundredth of a pixel.
function capitalWith({ width, height }: Panel, digits: number, textFor: (capital: number) => number): number {
  const upright = height > width;
  const plate = PLATES[Math.min(digits, PLATES.length) - 1]!;
  const fits = (capital: number): boolean => {
    const text = textFor(capital);
    if (upright) return capital * Math.max(NUMBER, plate) + 4 * MARGIN * width <= width && capital * (1 + PLATE) + text * (HEAD_UPRIGHT + LABEL + SAID + FOOT) <= height;
    const high = Math.max(capital + text * SAID, capital * PLATE + text * LABEL);
    return capital * (NUMBER + plate) + 6 * MARGIN * width <= width && high + text * (HEAD + FOOT) <= height;
  };
  let [least, most] = [0, Math.max(width, height)];
  while (most - least > 0.01) {
    const middle = (least + most) / 2;
    if (fits(middle)) least = middle;
    else most = middle;
  }
  return least;
}

function inchesFor({ width, height }: Panel, most: number, metres: number): number | null {
  const share = widthPerInch(width, height) / width;
  return PANELS_INCH.find((inch) => floorTenth((most * inch * share) / NUMBER_MM_PER_M) >= metres) ?? null;
}

// The width of a panel of this shape for each inch of its diagonal, in millimetres.
function widthPerInch(width: number, height: number): number {
  return (25.4 * width) / Math.hypot(width, height);
}
