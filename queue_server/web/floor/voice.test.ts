// What the floor says of the hall's voice.
import { expect, test } from "vitest";
import type { VoiceState } from "../shared/wire";
import { lacking } from "./voice";

const zones = ["1", "2"].map((code) => ({ code, names: {} }));

function state(engines: Partial<Record<"cmn" | "yue" | "en", "clips" | "espeak-ng" | null>>, unspoken: (string | null)[] = []): VoiceState {
  const languages = Object.entries(engines).map(([language, engine]) => ({ language: language as "cmn", engine: engine ?? null, missing: [] }));
  return { languages, volume: 80, quiet: false, zones: [], unspoken };
}

test.each([
  ["every call is said", state({ cmn: "clips", en: "espeak-ng" }), null],
  ["the hall wants no voice", state({}, ["1", "2"]), null],
  ["neither clips nor engine", state({ cmn: null, en: null }, ["1"]), { word: "voice.none", of: [] }],
  ["a zone without a screen", state({ cmn: "clips" }, ["2"]), { word: "voice.in-zones", of: ["2"] }],
  ["no screen at all", state({ cmn: "clips" }, ["1", "2"]), { word: "voice.no-screen", of: [] }],
  ["windows without a zone", state({ cmn: "clips" }, [null]), { word: "voice.no-screen", of: [] }],
  ["a language without a voice", state({ cmn: "clips", yue: null }), { word: "voice.some", of: ["yue"] }],
])("%s", (_, told, lack) => expect(lacking(told, zones)).toEqual(lack));
