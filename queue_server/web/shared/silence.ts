// Listens for silence: asks for life where heartbeats come too seldom, and says when what a page shows has grown old.

import { Pulse } from "./pulse";

/** Silence after which a page whose keys act counts the server as lost; with the watch and a frame to draw it, told inside two seconds. */
export const LOST_AFTER_MS = 1_700;
const HEARTBEAT_MS = 3_000;
const WATCH_MS = 50;
const ASK_MS = 1_000;

export class Silence {
  stale = false;
  private readonly pulse: Pulse;
  private readonly timers: ReturnType<typeof setInterval>[] = [];
  private startedAt = 0;

  /** `alive` asks the server for a sign of life, and is used only where `afterMs` is below two heartbeats; `told` hears every change and the server's time of its last word. */
  constructor(private readonly afterMs: number, private readonly alive: () => Promise<boolean>, private readonly told: (stale: boolean, since: number | null) => void) {
    this.pulse = new Pulse(afterMs);
  }

  start(): void {
    this.startedAt = performance.now();
    this.timers.push(setInterval(() => this.watch(), WATCH_MS));
    if (this.afterMs < 2 * HEARTBEAT_MS) this.timers.push(setInterval(() => void this.ask(), ASK_MS));
  }

  stop(): void {
    this.timers.splice(0).forEach((timer) => clearInterval(timer));
  }

  /** Notes a sign of life; `at` is the server's time in it (milliseconds UTC), when it carried one. */
  heard(at?: number): void {
    this.pulse.heard(performance.now(), at);
    this.watch();
  }

  /** The server's time now (milliseconds UTC), null before its first word. */
  serverTime(): number | null {
    return this.pulse.serverTime(performance.now());
  }

  // A board nobody has seen yet is old too: until the first one came, the page has nothing true to show.
  private watch(): void {
    const stale = this.pulse.stale(performance.now(), this.startedAt);
    if (stale === this.stale) return;
    this.stale = stale;
    this.told(stale, this.pulse.since);
  }

  private async ask(): Promise<void> {
    if (await this.alive()) this.heard();
  }
}
