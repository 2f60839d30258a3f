// The businesses in pages of large keys: nobody scrolls at a kiosk.

export const KEYS_A_PAGE = 8;
/** In 大字 one column of four. */
export const LARGE_KEYS_A_PAGE = 4;

export const keysAPage = (large: boolean): number => (large ? LARGE_KEYS_A_PAGE : KEYS_A_PAGE);

/** `items` cut into pages, as even as they come. */
export function inPages<T>(items: readonly T[], most = KEYS_A_PAGE): T[][] {
  const pages = Math.max(1, Math.ceil(items.length / most));
  const each = Math.ceil(items.length / pages);
  return Array.from({ length: pages }, (_, nr) => items.slice(nr * each, (nr + 1) * each));
}

/** The QR code as one path, a unit square a dark module. */
export function qrPath(rows: readonly string[]): string {
  return rows.map((row, y) => [...row].map((dark, x) => (dark === "1" ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
}
