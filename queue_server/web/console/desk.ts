// The desk of one window: its view, the link to the server, and every act the clerk makes.

import { defineStore } from "pinia";
import { computed, ref, shallowRef, watch } from "vue";
import { newKey } from "../shared/keys";
import { Live } from "../shared/live";
import { Problem, type Seated, type Ticket, type WindowView } from "../shared/wire";
import { mayMissAt, offer, standing, wish, type Link, type Offer } from "./acting";
import { NO_BAND, onLink, onTick, type Band } from "./band";
import { outcomeAt, preChosen } from "./outcomes";
import { PACE_MS, wait } from "./pace";
import { pressed, type Control, type Press } from "./press";
import { afterAct, afterProblem, quiet, type Message } from "./replies";
import { api, useSession } from "./session";

const LOST_AFTER_MS = 1_700; // with the link's own watch every 250 ms the page knows inside two seconds
const ACT_TIMEOUT_MS = 3_000;
const SLOW_REFRESH_MS = 10_000; // waits and figures move on even when no board comes

export const useDesk = defineStore("desk", () => {
  const session = useSession();
  const view = shallowRef<WindowView | null>(null);
  const link = ref<Link>("joining");
  const band = shallowRef<Band>(NO_BAND);
  const message = shallowRef<Message>(quiet);
  const sending = ref<Control | null>(null);
  const outcome = ref("");
  const now = ref(Date.now());
  let live: Live | null = null;
  let last: Press | null = null;
  let ticker = 0;
  let due = 0;
  let lastBegun: number | null = null;
  let acts = 0; // counts acts, so that a view fetched before one cannot undo what its answer showed

  const situation = computed(() => ({ view: view.value, link: link.value, maxCalls: session.hall?.settings.max_calls ?? 1, now: now.value, outcome: outcome.value }));
  const offers = computed<Record<Control, Offer>>(() => ({
    main: offer("main", situation.value), recall: offer("recall", situation.value), start: offer("start", situation.value),
    missed: offer("missed", situation.value), finish: offer("finish", situation.value), leave: offer("leave", situation.value),
  }));

  // Every visitor begins with the pre-chosen outcome, whatever the last one ended with.
  watch(() => view.value?.ticket?.id, () => (outcome.value = preChosen(session.hall?.outcomes ?? [])), { immediate: true });

  function open(): void {
    close();
    link.value = "joining";
    live = new Live({ hall: session.hall?.hall ?? "main", staleAfterMs: LOST_AFTER_MS, onBoard: () => joined(), onStale: relinked, onRefused: refused }).start();
    ticker = globalThis.setInterval(tick, 250) as unknown as number;
    void fetchView();
  }

  function close(): void {
    live?.stop();
    live = null;
    globalThis.clearInterval(ticker);
    globalThis.clearTimeout(due);
    due = 0;
    [view.value, band.value, message.value, last, lastBegun] = [null, NO_BAND, quiet, null, null];
  }

  function joined(): void {
    if (link.value === "joining") link.value = "up";
    refresh();
  }

  function relinked(stale: boolean, since: number | null): void {
    if (!stale) return void found();
    link.value = "lost";
    band.value = onLink(band.value, true, performance.now(), since);
  }

  // The server is heard again: the keys come back with a fresh view, so that nobody acts on what was true before.
  async function found(): Promise<void> {
    if (live === null || live.stale || link.value === "up") return;
    if (!(await fetchView())) return void globalThis.setTimeout(() => void found(), PACE_MS);
    if (live === null || live.stale) return;
    link.value = "up";
    band.value = onLink(band.value, false, performance.now(), null);
  }

  function refused(problem: Problem): void {
    if (problem.status === 401) void session.verify();
    else message.value = afterProblem(problem);
  }

  function tick(): void {
    const at = live?.serverTime() ?? Date.now();
    now.value = at - (at % 1_000);
    band.value = onTick(band.value, performance.now());
    if (lastBegun !== null && performance.now() - lastBegun > SLOW_REFRESH_MS) refresh();
  }

  function refresh(): void {
    if (due !== 0 || link.value === "lost") return;
    due = globalThis.setTimeout(() => void fetchView(), wait(lastBegun, performance.now())) as unknown as number;
  }

  async function fetchView(): Promise<boolean> {
    due = 0;
    const [window, hall] = [session.window, session.hall];
    if (window === null || hall === null) return false;
    lastBegun = performance.now();
    const begunAt = acts;
    try {
      const fresh = await api.window(hall.hall, window);
      if (session.window !== window) return false;
      if (begunAt === acts && sending.value === null) {
        show(fresh);
        return true;
      }
      refresh();
    } catch (error) {
      if (error instanceof Problem && !error.passing) refused(error);
    }
    return false;
  }

  function show(fresh: WindowView): void {
    if (fresh.clerk?.number !== session.user?.number) {
      const facts = { window: fresh.window, name: fresh.clerk?.name ?? "" };
      return session.leave({ word: fresh.clerk ? "notice.taken" : "notice.released", facts });
    }
    view.value = fresh;
  }

  function choose(digit: number): void {
    const found = outcomeAt(session.hall?.outcomes ?? [], digit);
    if (found !== null && view.value?.ticket && link.value === "up") outcome.value = found;
  }

  /** A press of a control, by key or pointer: sends it, or says why it does nothing now. */
  async function press(control: Control): Promise<void> {
    const window = session.window;
    if (window === null || link.value !== "up") return;
    const made = offers.value[control];
    const { press: mine, again } = pressed(last, wish(control, window, made), performance.now(), newKey);
    if (again) last = mine;
    if (sending.value !== null) return;
    if (!again && made.reason !== null) {
      message.value = { tone: "attention", saying: standing(made.reason), text: "" };
      return;
    }
    last = mine;
    sending.value = control;
    const before = again ? null : (view.value?.ticket ?? null);
    try {
      const answer = await send(mine);
      acts += 1;
      if (mine.act === "sign-out") return session.leave(null);
      if (again) return; // the same answer once more: it is shown already
      settle(mine, answer as Ticket | null);
      message.value = afterAct(mine.act, answer as Ticket | null, before);
    } catch (error) {
      acts += 1;
      const problem = error instanceof Problem ? error : new Problem("unreadable");
      if (problem.status === 401) return await session.verify();
      message.value = afterProblem(problem);
    } finally {
      sending.value = null;
      lastBegun = null; // an act of our own is followed up at once
      refresh();
    }
  }

  // The socket first; where it gives no answer while the server is still heard, the same key goes over HTTP.
  async function send(mine: Press): Promise<Ticket | Seated | null> {
    try {
      if (live === null) throw new Problem("unreachable");
      return await live.act(mine.act, mine.window, mine.body, { key: mine.key, timeoutMs: ACT_TIMEOUT_MS });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 0 || link.value !== "up") throw error;
      return api.act(session.hall?.hall ?? "main", mine.window, mine.act, mine.body, { key: mine.key });
    }
  }

  // The answer is shown at once; lists and figures follow with the next fetch.
  function settle(mine: Press, ticket: Ticket | null): void {
    if (view.value === null) return;
    const here = mine.act === "finish" || mine.act === "missed" ? null : ticket;
    const next = here !== null && view.value.next?.id === here.id ? null : view.value.next;
    const waiting = view.value.waiting.filter(({ id }) => id !== here?.id);
    view.value = { ...view.value, ticket: here, next, waiting, may_miss_at: mayMissAt(view.value, here, now.value, session.hall?.settings.recall_gap_ms ?? 0) };
  }

  return { view, link, band, message, sending, outcome, now, offers, open, close, choose, press };
});
