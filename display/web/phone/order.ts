// What a visitor types and reads when asking about the order. Pure.

/** The number somebody typed, as it is printed; empty when it cannot be one. */
export function typedNumber(said: string): string {
  const number = said.replace(/[\s-]/g, "").toUpperCase();
  return /^[A-Z]{1,2}[0-9]{3,8}$/.test(number) ? number : "";
}

/** Whole minutes of a difference in the order, at least one. */
export const minutes = (ms: number): number => Math.max(1, Math.round(ms / 60_000));
