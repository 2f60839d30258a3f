// When a board replaces the one shown.

import type { Board } from "./wire";

type Stamp = Pick<Board, "epoch" | "version">;

/**
 * True when `incoming` replaces `current`: nothing is shown yet, the version is higher in the same epoch, or the epoch is new.
 * `gone` holds the epochs already replaced, so that an answer that was long on its way cannot bring an old epoch back.
 */
export function newer(current: Stamp | null, incoming: Stamp, gone: ReadonlySet<string> = new Set()): boolean {
  if (gone.has(incoming.epoch)) return false;
  return current === null || incoming.epoch !== current.epoch || incoming.version > current.version;
}
