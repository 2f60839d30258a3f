// The kiosk by four keys, 上 下 确定 返回: up and down step through what can be pressed, confirm presses, back goes back.

const PRESSED = "button:not(:disabled)";
const NEXT = new Set(["ArrowDown", "ArrowRight"]);
const BEFORE = new Set(["ArrowUp", "ArrowLeft"]);

/** The place of the next of `count` keys; after the last comes the first. */
export function step(at: number, count: number, by: 1 | -1): number {
  return (at + by + count) % count;
}

/** Moves the focus for up and down and presses the page's own way back; 确定 (Enter) is the browser's. True when the key was one of ours. */
export function fourKeys(key: string, page: Document): boolean {
  if (key === "Escape") {
    page.querySelector<HTMLElement>("main [data-back]:not(:disabled)")?.click();
    return true;
  }
  if (!NEXT.has(key) && !BEFORE.has(key)) return false;
  const keys = [...page.querySelectorAll<HTMLElement>(PRESSED)];
  if (keys.length === 0) return true;
  const by = NEXT.has(key) ? 1 : -1;
  keys[place(keys, page.activeElement, by)]?.focus();
  return true;
}

/** From a key to its neighbour; from a heading to the first key after it or the last before it. */
function place(keys: readonly HTMLElement[], from: Element | null, by: 1 | -1): number {
  const at = keys.findIndex((each) => each === from);
  if (at >= 0) return step(at, keys.length, by);
  if (!from || from.tagName === "BODY") return by === 1 ? 0 : keys.length - 1;
  const after = keys.findIndex((each) => (from.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  if (by === 1) return Math.max(after, 0);
  return after > 0 ? after - 1 : keys.length - 1;
}
