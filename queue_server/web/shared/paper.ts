// The paper of a roll printer: as wide as the roll, as long as what is printed.

const WIDTH_MM = 80;
const PX_PER_MM = 96 / 25.4;
const SPARE_MM = 1; // so that rounding never pushes a second page out

let sheet: CSSStyleSheet | null = null;

/** The rule for a slip of this height in pixels. */
export function pageRule(heightPx: number): string {
  return `@page { size: ${WIDTH_MM}mm ${Math.ceil(heightPx / PX_PER_MM) + SPARE_MM}mm; margin: 0; }`;
}

/** Sets the page's paper to a slip of this height in pixels. */
export function paperSize(heightPx: number): void {
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  sheet.replaceSync(pageRule(heightPx));
}
