// How wide words are, how they break into lines and pages, and how long reading them takes. Pure.

/** A glance, before reading begins, and the least that any page stands. */
const GLANCE_MS = 3_000;
const LEAST_MS = 10_000;
/** Slow readers: four Han characters a second, or twelve letters. */
const HAN_MS = 250;
const LETTER_MS = 84;
/** A letter is wide by this part of a Han character. */
const LETTER = 0.56;

const WIDE = /[\u2E80-\u9FFF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]/u;
// A Han character stands alone, with what must not begin a line; other signs go word by word.
const WORDS = /[\u2E80-\u2FFF\u3040-\u9FFF\uF900-\uFAFF][、。，；：！？）》」』”’]*|[^\u2E80-\u9FFF\uF900-\uFAFF\s]+|\s+/gu;

/** The width of a text, in widths of a Han character. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (WIDE.test(sign) ? 1 : LETTER), 0);
}

/** A text in pages of so many lines of so many Han characters; never empty. */
export function pagesOf(text: string, ems: number, lines: number): string[] {
  const pages = [""];
  let [line, used] = [1, 0];
  for (const word of text.match(WORDS) ?? []) {
    const width = widthOf(word);
    const breaks = word.includes("\n");
    if (!breaks && used + width <= ems) used += width;
    else if (breaks || word.trim() !== "") {
      // A word wider than a line is broken by the browser, into as many lines as it needs.
      line += breaks ? 1 : Math.max(1, Math.ceil(width / ems));
      used = breaks ? 0 : width > ems ? width % ems : width;
      if (line > lines && pages.at(-1) !== "") {
        pages.push("");
        line = 1;
      }
    }
    pages[pages.length - 1] += pages.at(-1) === "" && word.trim() === "" ? "" : word;
  }
  return pages.map((page) => page.trim()).filter((page, nr) => page !== "" || nr === 0);
}

/** How long a text stands, in milliseconds, so that a slow reader comes to its end. */
export function readingMs(text: string): number {
  const signs = [...text];
  const han = signs.filter((sign) => WIDE.test(sign)).length;
  return Math.max(LEAST_MS, GLANCE_MS + han * HAN_MS + (signs.length - han) * LETTER_MS);
}
