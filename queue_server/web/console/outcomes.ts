// The outcome that goes with "finish": pre-chosen, changed by a digit.

/** What is pre-chosen for every visitor: the hall's first outcome. */
export function preChosen(outcomes: readonly string[]): string {
  return outcomes[0] ?? "";
}

/** The outcome behind a digit key, or null when there is none. */
export function outcomeAt(outcomes: readonly string[], digit: number): string | null {
  return outcomes[digit - 1] ?? null;
}
