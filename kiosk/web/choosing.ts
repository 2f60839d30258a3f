// How the businesses are laid out to choose from: all on one page, in the hall's groups, or found by letters typed. Pure.

import { nameIn } from "../../queue_server/web/shared/language";
import type { BusinessFacts, HallFacts, Names } from "../../queue_server/web/shared/wire";
import { readings, readingsMatch } from "./initials";
import { KEYS_A_PAGE } from "./pages";

/** Businesses that stand together; `names` is null for those that stand in no group. */
export interface Group {
  code: string;
  names: Names | null;
  businesses: BusinessFacts[];
}

/** A hall of more businesses than one page holds needs another way to them than leafing. */
export const isLarge = (hall: HallFacts): boolean => hall.businesses.length > KEYS_A_PAGE;

/** The groups to choose from first; none when all businesses fit on one page or the hall has no groups. */
export function groupsOf(hall: HallFacts): Group[] {
  if (!isLarge(hall) || hall.groups.length === 0) return [];
  const known = new Set(hall.groups.map(({ code }) => code));
  const groups: Group[] = hall.groups.map(({ code, names }) => ({ code, names, businesses: hall.businesses.filter(({ group }) => group === code) }));
  groups.push({ code: "", names: null, businesses: hall.businesses.filter(({ group }) => group === null || !known.has(group)) });
  return groups.filter(({ businesses }) => businesses.length > 0);
}

/** The businesses that fit what was typed, the best first: by their own name from its beginning, by their own name, by an item's. */
export function found(businesses: readonly BusinessFacts[], typed: string, language: string): BusinessFacts[] {
  const letters = typed.toLowerCase();
  if (!letters) return [];
  const fits = language.startsWith("zh") ? byInitials : byWords;
  const ranked = businesses.map((each) => ({ each, rank: rankOf(each, letters, (names) => fits(names, letters, language)) }));
  return [0, 1, 2].flatMap((rank) => ranked.filter((one) => one.rank === rank).map(({ each }) => each));
}

/** What to type for a business, as an example: all its first letters, or its first word's first three. */
export function example({ names }: BusinessFacts, language: string): string {
  const letters = language.startsWith("zh") ? readings(nameIn(names, "zh-Hans")).map(([first]) => first).join("") : nameIn(names, language).slice(0, 3);
  return letters.toUpperCase();
}

type Fit = "beginning" | "within" | null;

function rankOf(business: BusinessFacts, letters: string, fit: (names: Names) => Fit): number | null {
  const own = fit(business.names);
  if (own === "beginning" || business.code.toLowerCase() === letters) return 0;
  if (own === "within") return 1;
  const others = [...(business.note ? [business.note] : []), ...business.items.map(({ names }) => names)];
  return others.some((names) => fit(names) !== null) ? 2 : null;
}

/** 拼音 is that of the name in 简体: the letters are the same, and every hall has it. */
function byInitials(names: Names, letters: string): Fit {
  const at = readingsMatch(readings(nameIn(names, "zh-Hans")), letters);
  return at < 0 ? null : at === 0 ? "beginning" : "within";
}

/** Where no name is Chinese: a word that begins so, or the first letters of several words in a row. */
function byWords(names: Names, letters: string, language: string): Fit {
  const words = nameIn(names, language).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const at = words.findIndex((word, nr) => word.startsWith(letters) || (letters.length > 1 && words.slice(nr).map((next) => next[0]).join("").startsWith(letters)));
  return at < 0 ? null : at === 0 ? "beginning" : "within";
}
