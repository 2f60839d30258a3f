// The play as the demo's server tells it: asked every second while one runs, started and stopped by the key.

import { onMounted, onUnmounted, ref, shallowRef } from "vue";

export interface Told {
  readonly server?: string;
  readonly day?: number;
  readonly time?: string;
  readonly issued?: number;
  readonly waiting?: number;
  readonly served?: number;
  readonly errors?: number;
}

export interface Report {
  readonly good: boolean;
  readonly issued: number;
  readonly served: number;
  readonly left: number;
  readonly errors: number;
  readonly waits: Record<string, { server: { mean_s: number | null }; simulation: { mean_s: number | null } }>;
}

export interface PlayState {
  readonly running: boolean;
  readonly told: Told;
  readonly report: Report | null;
  readonly trouble: string;
}

const ASK_MS = 1_000;

/** The mean waits of all visitors, in whole seconds: at the server and in the simulation. */
export function meanWaits(report: Report): { server: string; simulation: string } {
  const whole = (seconds: number | null | undefined): string => (seconds == null ? "–" : String(Math.round(seconds)));
  const all = report.waits.all;
  return { server: whole(all?.server.mean_s), simulation: whole(all?.simulation.mean_s) };
}

/** Follows the play while the page is shown. */
export function usePlay() {
  const state = shallowRef<PlayState | null>(null);
  const unreachable = ref(false);

  async function ask(path = "", method = "GET"): Promise<void> {
    try {
      const answer = await fetch(`/demo/play${path}`, { method, cache: "no-store" });
      unreachable.value = !answer.ok;
      if (answer.ok) state.value = (await answer.json()) as PlayState;
    } catch {
      unreachable.value = true;
    }
  }

  let timer = 0;
  onMounted(() => {
    void ask();
    timer = window.setInterval(() => void ask(), ASK_MS);
  });
  onUnmounted(() => window.clearInterval(timer));
  return { state, unreachable, start: () => ask("/start", "POST"), stop: () => ask("/stop", "POST") };
}
