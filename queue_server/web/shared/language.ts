// Languages of a page: vue-i18n over the page's own `languages/*.json`; adding a language is adding a file.

import { createI18n } from "vue-i18n";
import type { Names } from "./wire";

export type Words = { [key: string]: string | Words };

export interface LanguageOptions {
  /** Tried in this order before the page's default; unknown ones are passed over. */
  readonly wanted?: readonly (string | null | undefined)[];
  /** Where the choice is remembered; left out (kiosk, display) nothing outlives the page. */
  readonly remember?: string;
}

export const DEFAULT_LANGUAGE = "zh-Hans";
const ORDER = ["zh-Hans", "zh-Hant", "en"];

/**
 * Turns what `import.meta.glob("./languages/*.json", { eager: true, import: "default" })` found into words by language, in the order
 * they are offered. Files of one language from several folders are laid side by side: a page's own words and those it shares.
 */
export function wordsByLanguage(found: Record<string, unknown>): Record<string, Words> {
  const together: Record<string, Words> = {};
  for (const [path, words] of Object.entries(found)) Object.assign((together[path.replace(/^.*\/|\.json$/g, "")] ??= {}), words);
  const rank = (language: string): number => (ORDER.includes(language) ? ORDER.indexOf(language) : ORDER.length);
  return Object.fromEntries(Object.entries(together).sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b)));
}

/** The known language that serves a browser's tag best: itself, its script, or its first part (`zh-TW` is written in 繁體). */
export function nearest(tag: string, known: readonly string[]): string | undefined {
  const lower = tag.toLowerCase();
  const exact = known.find((language) => language.toLowerCase() === lower);
  if (exact) return exact;
  if (lower.startsWith("zh")) return known.find((language) => language === (/hant|tw|hk|mo/.test(lower) ? "zh-Hant" : "zh-Hans"));
  return known.find((language) => language.split("-")[0] === lower.split("-")[0]);
}

/** Sets up the page's words; `choose` changes the language, the document's `lang` and, where allowed, what is remembered. */
export function setUpLanguages(found: Record<string, unknown>, options: LanguageOptions = {}) {
  const words = wordsByLanguage(found);
  const languages = Object.keys(words);
  const fallback = languages.includes(DEFAULT_LANGUAGE) ? DEFAULT_LANGUAGE : (languages[0] ?? DEFAULT_LANGUAGE);
  const tried = [recall(options.remember), ...(options.wanted ?? [])].map((tag) => (tag ? nearest(tag, languages) : undefined));
  const first = tried.find((language) => language !== undefined) ?? fallback;
  const i18n = createI18n({ legacy: false, locale: first, fallbackLocale: fallback, messages: words });
  const choose = (language: string): void => {
    if (!languages.includes(language)) return;
    i18n.global.locale.value = language;
    document.documentElement.lang = language;
    keep(options.remember, language);
  };
  document.documentElement.lang = first;
  return { i18n, languages, choose };
}

/** A name in the language shown; a hall may not have named everything in every language. */
export function nameIn(names: Names | null | undefined, language: string): string {
  return names?.[language] ?? names?.[DEFAULT_LANGUAGE] ?? Object.values(names ?? {})[0] ?? "";
}

// Storage may be switched off (private windows, kiosks); a choice that cannot be kept is no error.
function recall(name: string | undefined): string | null {
  try {
    return name === undefined ? null : localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string | undefined, language: string): void {
  try {
    if (name !== undefined) localStorage.setItem(name, language);
  } catch {
    // Not kept, see above.
  }
}
