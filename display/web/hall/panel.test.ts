// The sizes of a window's screen: from how far it can be read, and what is refused.
import { describe, expect, test } from "vitest";
import { panelSizes, type PanelRefusal, type PanelSizes } from "./panel";
import type { Panel } from "./size";

const PANELS = [[1920, 1080], [1280, 720], [800, 480], [480, 800], [1080, 1920]] as const;
const of = (width: number, height: number, more: Partial<Panel> = {}): Panel => ({ width, height, rows: 4, panelMm: null, metres: null, ...more });

describe.each(PANELS)("a panel of %d × %d", (width, height) => {
  const panelMm = 476;
  const { reach } = panelSizes(of(width, height, { panelMm }), 2) as PanelSizes;

  test("keeps 12 mm of number and 5.4 mm of text for each metre, as far as it reaches", () => {
    for (const metres of [1, reach! / 2, reach!]) {
      const size = panelSizes(of(width, height, { panelMm, metres }), 2) as PanelSizes;
      expect((size.capital * panelMm) / width).toBeGreaterThanOrEqual(12 * (metres - 0.02));
      expect((size.text * panelMm) / width).toBeGreaterThanOrEqual(5.4 * (metres - 0.02));
    }
  });

  test("is refused a tenth of a metre farther away, and a larger one named", () => {
    const refused = panelSizes(of(width, height, { panelMm, metres: reach! + 0.1 }), 2) as PanelRefusal;
    expect(refused).toMatchObject({ refused: "too-far", reach });
    const mm = (25.4 * width * refused.inches!) / Math.hypot(width, height);
    expect(panelSizes(of(width, height, { panelMm: mm, metres: reach! + 0.1 }), 2)).not.toHaveProperty("refused");
    expect(panelSizes(of(width, height, { panelMm, metres: 90 }), 2)).toMatchObject({ refused: "too-far", inches: null });
  });

  test("holds the number beside or below its plate, with two lines above, below it and at the foot", () => {
    const { capital, text, margin, upright } = panelSizes(of(width, height), 2) as PanelSizes;
    expect(upright).toBe(height > width);
    const lines = text * ((upright ? 4.3 + 1.5 : 2.9) + 3.9 + 3.2);
    expect(upright ? capital * 2.28 + lines : capital + lines).toBeLessThanOrEqual(height);
    expect(upright ? capital * 3.47 + 2 * margin : capital * (3.47 + 2.37) + 4 * margin).toBeLessThanOrEqual(width);
  });
});

test("a window of three digits leaves its number less room beside it", () => {
  const [two, three] = [2, 3].map((digits) => panelSizes(of(1280, 720), digits) as PanelSizes);
  expect(three!.capital).toBeLessThan(two!.capital);
});

test("without a measured panel no distance is promised", () => {
  expect(panelSizes(of(1280, 720, { metres: 50 }), 1)).toMatchObject({ reach: null });
});
