// How the state of a window looks: its symbol and the tone of its chip.

import type { SymbolName } from "../shared/symbols";
import type { WindowState } from "../shared/wire";

export const STATE_LOOK: Readonly<Record<WindowState, { symbol: SymbolName; tone: "success" | "warning" | "info" | "primary" }>> = {
  paused: { symbol: "pause", tone: "warning" },
  closed: { symbol: "pause", tone: "info" },
  free: { symbol: "check", tone: "success" },
  calling: { symbol: "speaker", tone: "warning" },
  serving: { symbol: "sheet", tone: "primary" },
};
