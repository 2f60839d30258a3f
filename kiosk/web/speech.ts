// Reading aloud: which words of the page are read, and one voice at a time. The agent makes the sound, and says only what the page can show.

/** What is read of a part of the page, piece by piece as it stands there; keys are left out unless the part is a key. */
export function pieces(part: Element, language?: string): string[] {
  const found: string[] = [];
  const look = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) return add(node.textContent);
    if (!(node instanceof HTMLElement) || (node !== part && node.tagName === "BUTTON")) return;
    if (node.getAttribute("aria-hidden") === "true" || node.getClientRects().length === 0) return;
    // What stands there in another language would be read in the wrong one.
    if (language && node.lang && node.lang !== language) return;
    if (node.dataset.say) node.dataset.say.split("\n").forEach(add);
    else if ("whole" in node.dataset) add(node.textContent);
    else node.childNodes.forEach(look);
  };
  const add = (text: string | null): void => {
    const piece = (text ?? "").replaceAll(/\s+/gu, " ").replaceAll(/^[ ·]+|[ ·]+$/gu, "");
    if (piece) found.push(piece);
  };
  look(part);
  return found;
}

export const speechAddress = (language: string, said: readonly string[]): string => `/kiosk/speech/${language}?${new URLSearchParams(said.map((piece) => ["say", piece])).toString()}`;

/** One voice: what is said next breaks off what is being said. */
export class Voice {
  private sound: HTMLAudioElement | null = null;

  get speaking(): boolean {
    return this.sound !== null;
  }

  say(language: string, said: readonly string[]): void {
    this.stop();
    if (said.length === 0) return;
    const sound = new Audio(speechAddress(language, said));
    this.sound = sound;
    const over = (): void => {
      if (this.sound === sound) this.sound = null;
    };
    sound.addEventListener("ended", over);
    sound.addEventListener("error", over);
    // Without leave to sound, or without an engine, the page is as good as it was.
    sound.play().catch(over);
  }

  stop(): void {
    this.sound?.pause();
    this.sound = null;
  }
}
