// One visitor's way through the pages, and what keeps it going: the state of the hall, the press, the clock.

import { computed, onMounted, onUnmounted, reactive } from "vue";

import { newKey } from "../../queue_server/web/shared/keys";
import { Problem } from "../../queue_server/web/shared/problem";
import { agent, type KioskState, type List, type Visit, type Wish } from "./agent";
import { fourKeys } from "./fourkeys";
import { NUMBER_MS, presence, secondsLeft } from "./idle";
import { toggled } from "./later";
import { burst, readCode, wasRead } from "./reader";
import { standing } from "./standing";

const FAILED: List = { state: "failed", reason: "unreachable", picture: false };
/** Neither a booking nor a case has this code; the agent says so, and the page has the words. */
const UNKNOWN = "unknown-code";
const STATE_EVERY = 2_000;
const SLOW_MS = 2_000;

type Page = "start" | "group" | "search" | "code" | "business" | "priority" | "later" | "list" | "number" | "refused";

export interface Way {
  page: Page;
  /** 大字: everything larger, for this visitor. */
  large: boolean;
  /** The page is read aloud, for this visitor. */
  voice: boolean;
  /** The group looked into, by its code; null when none was chosen. */
  group: string | null;
  /** What was typed to find a business. */
  typed: string;
  /** Where the business was chosen, which is where its page goes back to. */
  from: "start" | "group" | "search";
  business: string | null;
  /** The item whose papers are shown; null when the business has none. */
  item: string | null;
  priority: string[];
  /** What else the visitor has come for, in the order chosen. */
  later: string[];
  /** The code of a booking or a case, as far as it was typed. */
  code: string;
  /** What a reader read last is no code of ours. */
  unread: boolean;
  /** The press's id; kept through every retry of this press. */
  press: string | null;
  /** What it asks for; fixed with the press, or the same press would ask for two things. */
  wish: Wish | null;
  /** When the press under way was made; null when none is. */
  pressedAt: number | null;
  /** The press has had no answer from the server so far. */
  unanswered: boolean;
  visit: Visit | null;
  /** The id of the checklist that is printed, and how far it is; null when none was asked for. */
  listed: string | null;
  list: List | null;
  refusal: string;
}

const fresh = (): Way => ({
  page: "start",
  large: false,
  voice: false,
  group: null,
  typed: "",
  from: "start",
  business: null,
  item: null,
  priority: [],
  later: [],
  code: "",
  unread: false,
  press: null,
  wish: null,
  pressedAt: null,
  unanswered: false,
  visit: null,
  listed: null,
  list: null,
  refusal: "",
});

/** The kiosk's state; `language` is the one shown, `reset` puts the first language back; `reads` tells whether it is being read aloud. */
export function useVisit(language: () => string, firstLanguage: string, reset: () => void, reads: () => boolean) {
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
  const speaks = computed(() => kiosk.state?.voice === true);
  /** Stays when the link is lost meanwhile: nobody is sent back into a hall by a cut cable. */
  const evacuated = computed(() => kiosk.state?.evacuated === true);
  const busy = computed(() => way.page !== "start" || way.large || way.voice || language() !== firstLanguage);
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
    forgetList();
    Object.assign(way, fresh());
    reset();
    heard();
  }

  function choose(code: string): void {
    const chosen = hall.value?.businesses.find((each) => each.code === code);
    const from = way.page === "group" || way.page === "search" ? way.page : "start";
    Object.assign(way, { page: "business", from, business: code, item: chosen?.items[0]?.code ?? null, priority: [], later: [] });
  }

  /** One more business for the same visit, or one less; those after it move up. */
  function chooseLater(code: string): void {
    way.later = toggled(way.later, code);
  }

  /** One page back; what was chosen on the page left is forgotten with it. */
  function back(): void {
    if (way.page === "list" || way.page === "priority" || way.page === "later") {
      forgetList();
      way.page = "business";
    } else if (way.page === "business") {
      Object.assign(way, { page: way.from, business: null, item: null, priority: [], later: [] });
    } else if (way.page === "refused" && way.code) {
      // A code that was refused may have been mistyped; what is asked next is another press.
      Object.assign(way, { page: "code", press: null, wish: null, refusal: "" });
    } else {
      Object.assign(way, { page: "start", from: "start", group: null, typed: "", code: "", unread: false });
    }
  }

  /** Prints the checklist of the item shown; no number is taken for it. */
  async function print(): Promise<void> {
    if (!way.business || !way.item || way.listed) return;
    const id = (way.listed = newKey());
    Object.assign(way, { page: "list", list: null });
    const list = await agent.print(id, { business: way.business, item: way.item, language: language() }).catch(() => FAILED);
    if (way.listed === id) way.list = list;
  }

  async function lookAtList(): Promise<void> {
    const id = way.listed;
    if (!id) return;
    const list = await agent.lookAtList(id).catch(() => null);
    if (list && way.listed === id) way.list = list;
  }

  function forgetList(): void {
    if (way.listed) void agent.forgetList(way.listed).catch(() => undefined);
    Object.assign(way, { listed: null, list: null });
  }

  /** Something was read: from where a visit begins it checks in at once; anywhere else it means nothing. */
  function scanned(text: string): void {
    if ((way.page !== "start" && way.page !== "group" && way.page !== "code") || way.pressedAt !== null || asked.value.kind !== "here") return;
    const code = readCode(text);
    Object.assign(way, { page: "code", code: code ?? "", unread: code === null });
    if (code) void take();
  }

  async function take(): Promise<void> {
    if ((!way.business && !way.code) || way.pressedAt !== null) return;
    const id = (way.press ??= newKey());
    const wish: Wish = (way.wish ??= way.business
      ? { business: way.business, language: language(), priority: [...way.priority], item: way.item, later: [...way.later] }
      : { code: way.code, language: language() });
    way.pressedAt = performance.now();
    try {
      const visit = await agent.take(id, wish);
      if (way.press === id) arrive(visit);
    } catch (refusal) {
      if (way.press !== id) return;
      const problem = refusal instanceof Problem ? refusal : new Problem("unreadable");
      // A lost server is waited for with the same press; anything else is an answer.
      if (problem.passing) way.unanswered = true;
      else Object.assign(way, { page: "refused", refusal: problem.code === UNKNOWN ? "" : problem.detail, unanswered: false });
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
    // Nobody is sent away from what is still being read to them.
    if (reads() && asked.value.kind === "here") {
      heard();
      kiosk.numberSince = kiosk.tick;
    }
    if (way.page === "number") {
      if (kiosk.tick - kiosk.numberSince > NUMBER_MS) leave();
      else if (way.visit && ["waiting", "printing"].includes(way.visit.slip.state)) void look(agent.look);
    } else if (asked.value.kind === "gone") leave();
    else if (way.list && ["waiting", "printing"].includes(way.list.state)) void lookAtList();
  }

  let tappedOn: Page = "start";
  /** The second tap of a double tap belongs to the page of the first: it presses nothing on the page that came meanwhile. */
  function tapped(event: MouseEvent): void {
    if (event.detail <= 1) tappedOn = way.page;
    else if (tappedOn !== way.page) event.stopPropagation();
  }

  let keys = { text: "", at: -1_000 };
  /** A reader's Enter ends what it read, and never presses the key that happens to have the focus. */
  function read(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    keys = burst(keys, event.key, performance.now());
    if (event.key !== "Enter" || !wasRead(keys)) return;
    event.preventDefault();
    event.stopPropagation();
    const { text } = keys;
    keys = { text: "", at: -1_000 };
    scanned(text);
  }

  function keyed(event: KeyboardEvent): void {
    // Who goes by the four keys may not see the page.
    if (event.key.startsWith("Arrow") && kiosk.state?.voice) way.voice = true;
    if (fourKeys(event.key, document)) event.preventDefault();
  }

  let timers: number[] = [];
  onMounted(() => {
    void refresh();
    timers = [window.setInterval(() => void refresh(), STATE_EVERY), window.setInterval(beat, 500)];
    for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, touched, true);
    window.addEventListener("keydown", read, true);
    window.addEventListener("keydown", keyed);
    window.addEventListener("click", tapped, true);
  });
  onUnmounted(() => {
    timers.forEach((timer) => window.clearInterval(timer));
    for (const kind of ["pointerdown", "keydown"]) window.removeEventListener(kind, touched, true);
    window.removeEventListener("keydown", read, true);
    window.removeEventListener("keydown", keyed);
    window.removeEventListener("click", tapped, true);
  });

  return { way, speaks, hall, now, business, waiting, stands, evacuated, noServer, slow, asked, left, choose, chooseLater, back, take, print, copy, leave, heard };
}
