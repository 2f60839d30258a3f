// The hall as it stands, for a staff page that looks at the whole of it: the live link, the board, the floor, the hall's clock.

import { computed, ref, shallowRef } from "vue";
import type { Api } from "./api";
import { NO_BAND, onLink, onTick, type Band } from "./band";
import { Live, type LiveOptions } from "./live";
import { PACE_MS, wait } from "./pace";
import { LOST_AFTER_MS } from "./silence";
import { Problem, type Board, type Floor } from "./wire";

export type Link = "joining" | "up" | "lost";

const LOOK_AGAIN_MS = 2_500; // help calls and pauses come by no board

/** What a page keeps as its `hall` store; `hallCode` is the hall of whoever is signed in, `expired` is called when nobody is any more, `events` are what else is heard. */
export function newHall(api: Api, hallCode: () => string, expired: () => void, events: NonNullable<LiveOptions["events"]> = {}) {
  const link = ref<Link>("joining");
  const band = shallowRef<Band>(NO_BAND);
  const board = shallowRef<Board | null>(null);
  const floor = shallowRef<Floor | null>(null);
  const now = ref(Date.now());
  /** The moment to which what is shown belongs: it stands still while the link is lost. */
  const seen = computed(() => (link.value === "up" ? now.value : (floor.value?.at ?? now.value)));
  let live: Live | null = null;
  let ticker = 0;
  let due = 0;
  let lastBegun: number | null = null;

  function open(): void {
    close();
    live = new Live({ hall: hallCode(), staleAfterMs: LOST_AFTER_MS, onBoard: take, onStale: relinked, onRefused: refused, events }).start();
    ticker = globalThis.setInterval(tick, 250) as unknown as number;
  }

  function close(): void {
    live?.stop();
    live = null;
    globalThis.clearInterval(ticker);
    globalThis.clearTimeout(due);
    due = 0;
    [link.value, band.value, board.value, floor.value, lastBegun] = ["joining", NO_BAND, null, null, null];
  }

  function take(fresh: Board): void {
    board.value = fresh;
    if (link.value === "lost") void found();
    else refresh();
  }

  function relinked(stale: boolean, since: number | null): void {
    if (!stale) return void found();
    link.value = "lost";
    band.value = onLink(band.value, true, performance.now(), since);
  }

  // The keys come back only with a fresh floor, so that nobody acts on what was true before.
  async function found(): Promise<void> {
    if (live === null || live.stale || link.value === "up" || board.value === null) return;
    if (!(await look())) return void globalThis.setTimeout(() => void found(), PACE_MS);
    if (live === null || live.stale) return;
    link.value = "up";
    band.value = onLink(band.value, false, performance.now(), null);
  }

  function refused(problem: Problem): void {
    if (problem.status === 401) expired();
  }

  function tick(): void {
    const at = live?.serverTime() ?? Date.now();
    now.value = at - (at % 1_000);
    band.value = onTick(band.value, performance.now());
    if (lastBegun !== null && performance.now() - lastBegun > LOOK_AGAIN_MS) refresh();
  }

  function refresh(): void {
    if (due !== 0 || link.value === "lost") return;
    due = globalThis.setTimeout(() => void look(), wait(lastBegun, performance.now())) as unknown as number;
  }

  async function look(): Promise<boolean> {
    due = 0;
    lastBegun = performance.now();
    try {
      floor.value = await api.get<Floor>(`/halls/${encodeURIComponent(hallCode())}/floor`);
      if (link.value === "joining" && board.value !== null && live?.stale === false) link.value = "up";
      return true;
    } catch (error) {
      if (error instanceof Problem && error.status === 401) expired();
      return false;
    }
  }

  return { link, band, board, floor, now, seen, open, close, refresh, look };
}
