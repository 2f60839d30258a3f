// The sizes of a hall display: what can be read from where, and what is refused.
import { describe, expect, test } from "vitest";
import { panelFrom, sizes, type Panel, type Refusal, type Sizes } from "./size";

const WIDTH_MM = { 43: 952, 55: 1218, 65: 1439, 75: 1660, 86: 1904 };

function panel(more: Partial<Panel> = {}): Panel {
  return { width: 1920, height: 1080, rows: 4, panelMm: 1439, metres: null, ...more };
}

const made = (more: Partial<Panel> = {}): Sizes => sizes(panel(more)) as Sizes;
const refused = (more: Partial<Panel> = {}): Refusal => sizes(panel(more)) as Refusal;

describe("the farthest seat", () => {
  test.each([
    [4, { 43: 6.0, 55: 7.6, 65: 9.0, 75: 10.4, 86: 11.9 }],
    [3, { 43: 7.8, 55: 9.9, 65: 11.7, 75: 13.5, 86: 15.5 }],
  ])("of %d rows is as the look promises, panel by panel", (rows, promised) => {
    for (const [inch, metres] of Object.entries(promised)) {
      const { reach } = made({ rows, panelMm: WIDTH_MM[Number(inch) as 43] });
      expect(Math.abs(reach! - metres)).toBeLessThan(0.11);
    }
  });

  test("of five rows is about four fifths of that of four", () => {
    expect(made({ rows: 5 }).reach! / made().reach!).toBeCloseTo(0.8, 1);
  });
});

test("everything fits the height and the rule of millimetres holds", () => {
  for (const rows of [3, 4, 5]) {
    const size = made({ rows, metres: 7 });
    expect(size.header + size.caption + size.newestRow + size.row * (rows - 1)).toBeLessThanOrEqual(1080.001);
    const mmPerPx = 1439 / 1920;
    expect(size.capital * mmPerPx).toBeGreaterThanOrEqual(12 * 7);
    expect(size.newestCapital * mmPerPx).toBeGreaterThanOrEqual(14.4 * 7);
    expect(size.text * mmPerPx).toBeGreaterThanOrEqual(5.4 * 7);
  }
});

describe("a layout nobody could read", () => {
  test("is refused, with three rows or a larger panel as the way out", () => {
    expect(refused({ metres: 10 })).toEqual({ refused: "too-far", reach: 9.0, threeRows: 11.7, inches: 75 });
  });

  test("does not promise three rows when they would not reach either", () => {
    expect(refused({ metres: 14 })).toMatchObject({ threeRows: null, inches: 110 });
  });

  test("names no panel when none is large enough: a second display is needed", () => {
    expect(refused({ metres: 40 })).toMatchObject({ refused: "too-far", threeRows: null, inches: null });
  });

  test("has fewer than three rows", () => {
    expect(refused({ rows: 2 })).toMatchObject({ refused: "too-few-rows" });
  });
});

test("without a measured panel the rows fill the screen and no distance is promised", () => {
  const size = made({ panelMm: null });
  expect(size.reach).toBeNull();
  expect(size.capital).toBeCloseTo(145, 0);
});

test("a narrow page is limited by its width", () => {
  expect(made({ width: 1080, height: 1920 }).capital).toBeLessThan(110);
});

test("the address describes the panel; nonsense counts as not given", () => {
  expect(panelFrom(new URLSearchParams("rows=3&d=11.5&mm=1439"), 1920, 1080)).toEqual({ width: 1920, height: 1080, rows: 3, panelMm: 1439, metres: 11.5 });
  expect(panelFrom(new URLSearchParams("rows=x&d=-1&mm="), 1920, 1080)).toEqual({ width: 1920, height: 1080, rows: 4, panelMm: null, metres: null });
});
