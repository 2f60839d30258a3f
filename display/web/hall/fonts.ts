// Fetches every font the display will need while the link is good: the words of a cut link must not need the link.

/** Loads the parts of the fonts that hold these words and every number; a missing font is no error, the screen's own steps in. */
export async function loadFonts(words: unknown): Promise<void> {
  const text = [...new Set(JSON.stringify(words))].join("");
  const families = [...["Noto Sans SC", "Noto Sans TC"].flatMap((family) => [`400 60px "${family}"`, `700 60px "${family}"`]), '700 60px "B612"'];
  await Promise.allSettled(families.map((family) => document.fonts.load(family, text)));
}
