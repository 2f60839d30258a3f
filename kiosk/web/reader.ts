// A reader of QR codes and cards types like a keyboard, only faster than anybody; what it read ends with Enter. Pure.

/** Between two keys of a reader, at most; nobody types like that for a whole code. */
export const HASTE_MS = 60;
export const CODE_LENGTH = 7;
/** What stands in codes: no letter that looks like another, so what looks like one of these is one of these. */
export const CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXY";
const SAME: Record<string, string> = { "0": "D", O: "D", "1": "L", I: "L", Z: "2" };

export interface Burst {
  text: string;
  at: number;
}

/** The burst with one more key in it, or a new one where the last key is too long ago. */
export function burst(before: Burst, key: string, at: number): Burst {
  if (key.length !== 1) return { text: at - before.at <= HASTE_MS ? before.text : "", at };
  return { text: at - before.at <= HASTE_MS ? before.text + key : key, at };
}

/** Whether a burst before Enter was read, not typed: a code's length at least. */
export const wasRead = (read: Burst): boolean => read.text.length >= CODE_LENGTH;

/** The letter of a code that a key stands for; empty for a key that stands for none. */
export function codeLetter(key: string): string {
  const letter = key.toUpperCase();
  const said = SAME[letter] ?? letter;
  return said.length === 1 && CODE_LETTERS.includes(said) ? said : "";
}

/** The code in what was read: alone, or at the end of an address; null when there is none. */
export function readCode(text: string): string | null {
  const end = text.trim().split(/[/=#?]/u).pop() ?? "";
  const letters = [...end.replaceAll(/[\s-]/gu, "")].map(codeLetter);
  return letters.length === CODE_LENGTH && letters.every(Boolean) ? letters.join("") : null;
}
