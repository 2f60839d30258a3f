// The words of a call as they are said, from the same files the voice speaks from: `display/web/voice`, one for each spoken language.

import type { Call } from "../../../queue_server/web/shared/wire";

interface Spoken {
  readonly sentence: readonly (("number" | "window") | { readonly text: Readonly<Record<string, string>> })[];
}

export interface Piece {
  readonly text: string;
  /** It is a number, which has a type of its own on every screen. */
  readonly number: boolean;
}

const files = import.meta.glob<Spoken>("../voice/*.json", { eager: true, import: "default" });
const spoken = new Map(Object.entries(files).map(([path, words]) => [path.slice(path.lastIndexOf("/") + 1, -".json".length), words]));

/** All that a caption may say, so that its fonts are there before it is said. */
export const everyWord: unknown = Object.values(files);

/** What the caption says of a call in a spoken language, in the display's own script where that language has it. */
export function pieces(language: string, { number, window }: Pick<Call, "number" | "window">, script: string): Piece[] {
  const sentence = spoken.get(language)?.sentence ?? [];
  const gaps = { number, window: String(window) };
  return sentence.map((piece) => (typeof piece === "string" ? { text: gaps[piece], number: true } : { text: piece.text[scriptOf(language, script)] ?? "", number: false }));
}

/** The script in which a spoken language is shown, as a language tag for the page. */
export function scriptOf(language: string, script: string): string {
  const fixed = spoken.get(language)?.sentence.find((piece) => typeof piece !== "string");
  const scripts = typeof fixed === "object" ? Object.keys(fixed.text) : [];
  return scripts.includes(script) ? script : (scripts[0] ?? script);
}
