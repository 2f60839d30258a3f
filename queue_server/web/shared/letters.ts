// Letters for bad times: the fonts come in slices as they are needed, so those for the words of a lost link are fetched while there still is one.

const NEEDED_OFFLINE = ["band", "main", "state", "link", "outcomes", "problem", "notice", "said", "keys", "now", "undo", "held", "missed", "aside", "notes", "locked", "by-hand"] as const;

/** Fetches the slices of both weights that the words of trouble need; a font that does not come is no reason to fail. */
export async function fetchLetters(words: Readonly<Record<string, unknown>>): Promise<void> {
  const text = [...new Set(NEEDED_OFFLINE.map((part) => JSON.stringify(words[part] ?? "")).join("") + "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")].join("");
  const families = getComputedStyle(document.body).fontFamily;
  await Promise.allSettled(["400", "700"].map((weight) => document.fonts.load(`${weight} 16px ${families}`, text)));
}
