// What is wrong with the hall's voice, for whoever can do something about it: the word for it and its facts. Pure.

import type { VoiceState, ZoneFacts } from "../shared/wire";

export interface Lack {
  readonly word: "voice.none" | "voice.some" | "voice.no-screen" | "voice.in-zones";
  /** The languages without a voice, or the codes of the zones without a screen that speaks. */
  readonly of: readonly string[];
}

/** What the voice lacks, the worst first; null where every call is said, or where the hall wants none. */
export function lacking({ languages, unspoken }: VoiceState, zones: readonly ZoneFacts[]): Lack | null {
  if (languages.length === 0) return null;
  const mute = languages.filter(({ engine }) => engine === null).map(({ language }) => language);
  if (mute.length === languages.length) return { word: "voice.none", of: [] };
  const codes = unspoken.filter((zone) => zone !== null);
  if (codes.length > 0 && codes.length < zones.length) return { word: "voice.in-zones", of: codes };
  if (unspoken.length > 0) return { word: "voice.no-screen", of: [] };
  return mute.length > 0 ? { word: "voice.some", of: mute } : null;
}
