// One visitor's way through the pages, and what keeps it going: the state of the hall, the press, the clock.

import { computed, onMounted, onUnmounted, reactive } from "vue";

import { newKey } from "../../queue_server/web/shared/keys";
import { Problem } from "../../queue_server/web/shared/problem";
import { agent, type KioskState, type Visit, type Wish } from "./agent";
import { NUMBER_MS, presence, secondsLeft } from "./idle";
import { standing } from "./standing";

const STATE_EVERY = 2_000;
const SLOW_MS = 2_000;

type Page = "start" | "business" | "number" | "refused";

export interface Way {
  page: Page;
  business: string | null;
  priority: string[];
  /** The press's id; kept through every retry of this press. */
  press: string | null;
  /** What it asks for; fixed with the press, or the same press would ask for two things. */
  wish: Wish | null;
  /** When the press under way was made; null when none is. */
  pressedAt: number | null;
  /** The press has had no answer from the server so far. */
  unanswered: boolean;
  visit: Visit | null;
  refusal: string;
}

const fresh = (): Way => ({
  page: "start",
  business: null,
  priority: [],
  press: null,
  wish: null,
  pressedAt: null,
  unanswered: false,
  visit: null,
  refusal: "",
});

/** The kiosk's state; `language` is the one shown, `reset` puts the first language back. */
export function useVisit(language: () => string, firstLanguage: string, reset: () => void) {
  const way = reactive<Way>(fresh());
  const kiosk = reactive<{ state: KioskState | null; tick: number; heard: number; numberSince: number }>({
    state: null,
    tick: performance.now(),
    heard: performance.now(),
    numberSince: 0,
  });
  const started = performance.now();
  let clock = { at: 0, when: 0 };

  const hall = computed(() => kiosk.state?.hall ?? null);
  const now = computed(() => (clock.at ? clock.at + kiosk.tick - clock.when : null));
  const business = computed(() => hall.value?.businesses.find((each) => each.code === way.business) ?? null);
  const waiting = computed(() => kiosk.state?.waiting ?? {});
  const stands = computed(() => standing(hall.value?.businesses ?? [], waiting.value, kiosk.state?.notices ?? {}));
  /** Stays when the link is lost meanwhile: nobody is sent back into a hall by a cut cable. */
  const evacuated = computed(() => kiosk.state?.evacuated === true);
  const busy = computed(() => way.page !== "start" || language() !== firstLanguage);
  /** Nothing can be taken: the server is gone, or the press waits for it. */
  const noServer = computed(
    () => way.page !== "number" && (way.unanswered || (kiosk.state ? kiosk.state.server !== "ok" || !hall.value : kiosk.tick - started > SLOW_MS)),
  );
  const slow = computed(() => way.pressedAt !== null && kiosk.tick - way.pressedAt > SLOW_MS);
  const asked = computed(() => (busy.value && way.page !== "number" ? presence(kiosk.heard, kiosk.tick) : { kind: "here" as const }));
  const left = computed(() => secondsLeft(kiosk.numberSince, kiosk.tick));

  function heard(): void {
    kiosk.heard = performance.now();
  }

  /** A touch says that somebody is there; but once they are asked, only the answer counts, or the page would slip from under the finger. */
  function touched(): void {
    if (asked.value.kind === "here") heard();
  }

  function leave(): void {
    if (way.press) void agent.done(way.press).catch(() => undefined);
    Object.assign(way, fresh());
    reset();
    heard();
  }

  function choose(code: string): void {
    Object.assign(way, fresh(), { page: "business", business: code });
  }

  async function take(): Promise<void> {
    if (!way.business || way.pressedAt !== null) return;
    const id = (way.press ??= newKey());
    const wish = (way.wish ??= { business: way.business, language: language(), priority: [...way.priority] });
    way.pressedAt = performance.now();
    try {
      const visit = await agent.take(id, wish);
      if (way.press === id) arrive(visit);
    } catch (refusal) {
      if (way.press !== id) return;
      const problem = refusal instanceof Problem ? refusal : new Problem("unreadable");
      // A lost server is waited for with the same press; anything else is an answer.
      if (problem.passing) way.unanswered = true;
      else Object.assign(way, { page: "refused", refusal: problem.detail, unanswered: false });
    } finally {
      if (way.press === id) way.pressedAt = null;
    }
  }

  function arrive(visit: Visit): void {
    Object.assign(way, { page: "number", visit, unanswered: false });
    kiosk.numberSince = performance.now();
  }

  async function copy(): Promise<void> {
    if (!way.press) return;
    kiosk.numberSince = performance.now();
    await look(agent.copy);
  }

  async function look(how: (press: string) => Promise<Visit>): Promise<void> {
    const id = way.press;
    if (!id || !way.visit) return;
    const before = way.visit.slip.state;
    const visit = await how(id).catch(() => null);
    if (!visit || way.press !== id) return;
    way.visit = visit;
    // Who has to write the number down gets the whole time for it.
    if (visit.slip.state === "failed" && before !== "failed") kiosk.numberSince = performance.now();
  }

  async function refresh(): Promise<void> {
    try {
      kiosk.state = await agent.state();
      if (kiosk.state.now !== null) clock = { at: kiosk.state.now, when: performance.now() };
    } catch {
      if (kiosk.state) kiosk.state = { ...kiosk.state, server: "lost" };
    }
    if (way.unanswered && kiosk.state?.server === "ok") await take();
  }

  function beat(): void {
    kiosk.tick = performance.now();
    if (way.page === "number") {
      if (kiosk.tick - kiosk.numberSince > NUMBER_MS) leave();
      else if (way.visit && ["waiting", "printing"].includes(way.visit.slip.state)) void look(agent.look);
    } else if (asked.value.kind === "gone") leave();
  }

  let timers: number[] = [];
  onMounted(() => {
    void refresh();
    timers = [window.setInterval(() => void refresh(), STATE_EVERY), window.setInterval(beat, 500)];
    for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, touched, true);
  });
  onUnmounted(() => {
    timers.forEach((timer) => window.clearInterval(timer));
    for (const kind of ["pointerdown", "keydown"]) window.removeEventListener(kind, touched, true);
  });

  return { way, hall, now, business, waiting, stands, evacuated, noServer, slow, asked, left, choose, take, copy, leave, heard };
}
