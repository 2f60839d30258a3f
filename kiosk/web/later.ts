// Several businesses on one visit: what comes after the first, in the order chosen. Pure.

/** As many as one ticket carries after its first business. */
export const MOST_LATER = 4;

/** `chosen` with one more, or without it; full, nothing more goes in. */
export function toggled(chosen: readonly string[], code: string): string[] {
  if (chosen.includes(code)) return chosen.filter((each) => each !== code);
  return chosen.length < MOST_LATER ? [...chosen, code] : [...chosen];
}
