// The living state of a hall display: the link, the hall's facts, rows and caption, moved on by a slow clock.

import { computed, onMounted, onUnmounted, ref, shallowRef } from "vue";
import { Api } from "../../../queue_server/web/shared/api";
import type { Facts } from "../../../queue_server/web/shared/facts";
import { Live } from "../../../queue_server/web/shared/live";
import { hallTime } from "../../../queue_server/web/shared/time";
import type { Board, HallFacts, Say, Saying, VoiceTold } from "../../../queue_server/web/shared/wire";
import { hear, lit, NOTHING_YET, ofZone, pass } from "./calls";
import { speak, type Caption } from "./caption";
import { soundOf } from "./sounding";
import { mouth, type Mouth } from "./voice";

const TICK_MS = 200;
const RETRY_MS = 5_000;
const RELOAD_MS = 15_000;

/** What the voice of this screen's zone does: why it is silent (null: it speaks; undefined: not known yet), and what is heard now. */
export interface Heard {
  readonly silence: VoiceTold["silence"] | undefined;
  readonly saying: Saying | null;
}

/**
 * Runs the display while its component is shown; `size` is the number of rows, `turns` the number of languages its caption takes by itself.
 * With `zone` it shows the calls of that zone only (null: of the whole hall) and is part of the hall's voice there.
 */
export function useScreen(facts: Facts, size: number, turns: number, zone?: string | null) {
  const hall = facts.hall ?? "main";
  const api = new Api({ token: facts.token });
  const hallFacts = shallowRef<HallFacts | null>(null);
  const board = shallowRef<Board | null>(null);
  const calls = shallowRef(NOTHING_YET);
  const caption = shallowRef<Caption | null>(null);
  const stale = ref(false);
  const since = ref<number | null>(null);
  const serverTime = ref<number | null>(null);
  const now = ref(0);
  const heard = shallowRef<Heard>({ silence: undefined, saying: null });

  let voice: Mouth | null = null;
  let reloading: number | undefined;
  const live = new Live({
    hall,
    token: facts.token,
    onBoard(taken) {
      if (board.value && board.value.epoch !== taken.epoch) {
        caption.value = null;
        void readHall();
      }
      board.value = taken;
      calls.value = hear(calls.value, taken, performance.now(), size, ofZone(zone ?? null));
      tick();
    },
    onStale(nowStale, from) {
      stale.value = nowStale;
      since.value = from;
    },
    onJoined() {
      // What was being said when the link was cut is over by now.
      heard.value = { ...heard.value, saying: null };
      void voice?.offer();
    },
    events: {
      say: (said: Say) => voice?.say(said),
      saying: (saying: Saying) => (heard.value = { ...heard.value, saying: saying.call && saying }),
      voice: (told: VoiceTold) => silenced(told),
    },
    // The page's token is no longer good (the server was set up anew): a fresh page carries a fresh one.
    onRefused: () => (reloading ??= window.setTimeout(() => void reloadWhenServed(), RELOAD_MS)),
  });

  async function readHall(): Promise<void> {
    try {
      hallFacts.value = await api.hall(hall);
    } catch {
      window.setTimeout(() => void readHall(), RETRY_MS);
    }
  }

  // Asked first, because a page that fails to load stays away, and this one knows how to come back.
  async function reloadWhenServed(): Promise<void> {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
    reloading = undefined;
  }

  // A cut link answers with nothing, a refusal with a problem: what was known stays.
  function silenced(told: VoiceTold | { code: string } | null): void {
    if (told && "silence" in told) heard.value = { silence: told.silence, saying: told.silence === null ? heard.value.saying : null };
  }

  function tick(): void {
    now.value = performance.now();
    serverTime.value = live.serverTime();
    if (stale.value) return;
    calls.value = pass(calls.value, now.value, size);
    // Where calls are said aloud, the caption shows what is heard, and what it has not said by itself is not kept for later.
    if (heard.value.silence === null) [caption.value, calls.value] = [null, { ...calls.value, toSay: [] }];
    else [caption.value, calls.value] = speak(caption.value, calls.value, now.value, turns);
  }

  let timer = 0;
  onMounted(() => {
    void readHall();
    live.start();
    if (zone !== undefined) {
      // Once it has appeared: in a rush it may have made room for newer ones before its turn to be said.
      const stands = (call: number): boolean => call <= calls.value.last && !calls.value.waiting.some((each) => each.call.id === call);
      voice = mouth(live, soundOf(facts.token), zone, stands, (answer) => silenced(answer as VoiceTold | null));
    }
    timer = window.setInterval(tick, TICK_MS);
  });
  onUnmounted(() => {
    live.stop();
    voice?.close();
    window.clearInterval(timer);
    window.clearTimeout(reloading);
  });

  const wall = (at: number | null | undefined): string | null => (at == null || !hallFacts.value ? null : hallTime(at, hallFacts.value.time_zone));
  return {
    hallFacts, board, calls, caption, heard, stale,
    clock: computed(() => wall(serverTime.value)),
    staleSince: computed(() => wall(since.value)),
    lastCall: computed(() => wall(calls.value.rows[0]?.call.at)),
    litRows: computed(() => calls.value.rows.map((row) => !stale.value && lit(calls.value, row, now.value))),
  };
}
