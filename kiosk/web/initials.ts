// The first letters of a Chinese name's 拼音. A character read in several ways (校 jiào, xiào) is found by each of them.

import { polyphonic } from "pinyin-pro";

/** The letters each character may be typed as, in order; Latin letters and digits stand for themselves, marks are left out. */
export function readings(name: string): string[][] {
  const kept = [...name].filter((each) => /[\p{L}\p{N}]/u.test(each)).join("");
  return polyphonic(kept, { pattern: "first", type: "array", toneType: "none", nonZh: "spaced" }).map((each) => each.map((letter) => letter.toLowerCase()));
}

/** At which character the letters begin to fit, one after the other; -1 when they fit nowhere. */
export function readingsMatch(read: readonly (readonly string[])[], letters: string): number {
  for (let start = 0; start + letters.length <= read.length; start++) {
    if ([...letters].every((letter, nr) => read[start + nr]!.includes(letter))) return start;
  }
  return -1;
}
