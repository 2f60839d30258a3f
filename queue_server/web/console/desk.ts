// The desk of one window: its view, the link to the server, and every act the clerk makes.

import { defineStore } from "pinia";
import { computed, ref, shallowRef, watch } from "vue";
import { NO_BAND, onLink, onTick, type Band } from "../shared/band";
import { newKey } from "../shared/keys";
import { Live } from "../shared/live";
import { PACE_MS, wait } from "../shared/pace";
import { LOST_AFTER_MS } from "../shared/silence";
import { Problem, type Act, type Board, type WindowView } from "../shared/wire";
import type { Saying } from "../shared/words";
import { closed, NOTHING_FOUND, offer, standing, type Found, type Link, type Offer, type Situation } from "./acting";
import { bringing, missedRows, heldRows, type Row } from "./aside";
import { ACTING, type Control } from "./controls";
import { outcomeAt, preChosen } from "./outcomes";
import { pressed, type Press, type Pressed, type Wish } from "./press";
import { afterAct, afterProblem, quiet, type Before, type Message } from "./replies";
import { api, useSession } from "./session";
import { isTicket, settled, type Answer } from "./settled";
import { say } from "./words";

const ACT_TIMEOUT_MS = 3_000;
const SLOW_REFRESH_MS = 10_000; // waits and figures move on even when no board comes

export const useDesk = defineStore("desk", () => {
  const session = useSession();
  const view = shallowRef<WindowView | null>(null);
  const link = ref<Link>("joining");
  const band = shallowRef<Band>(NO_BAND);
  const message = shallowRef<Message>(quiet);
  const sending = ref<Pressed | null>(null);
  const outcome = ref("");
  const now = ref(Date.now());
  const papers = shallowRef<Found>(NOTHING_FOUND); // what was found of the papers at the window
  const filed = ref<string | null>(null); // the code of the case that the last act was about
  const unentered = ref(0); // visitors served by hand whom the hall does not know yet
  const evacuated = ref(false);
  let live: Live | null = null;
  let last: Press | null = null;
  let ticker = 0;
  let due = 0;
  let lastBegun: number | null = null;
  let acts = 0; // counts acts, so that a view fetched before one cannot undo what its answer showed

  const situation = computed<Situation>(() => ({ view: view.value, link: link.value, maxCalls: session.hall?.settings.max_calls ?? 1, now: now.value, outcome: outcome.value, unentered: unentered.value, papers: papers.value, evacuated: evacuated.value }));
  const offers = computed(() => Object.fromEntries(ACTING.map((control) => [control, offer(control, situation.value)])) as Record<Control, Offer>);
  const missed = computed(() => missedRows(situation.value));
  const held = computed(() => heldRows(situation.value));

  // Every visitor begins with the pre-chosen outcome, whatever the last one ended with.
  watch(() => view.value?.ticket?.id, () => (outcome.value = preChosen(session.hall?.outcomes ?? [])), { immediate: true });

  function open(): void {
    close();
    link.value = "joining";
    live = new Live({ hall: session.hall?.hall ?? "main", staleAfterMs: LOST_AFTER_MS, onBoard: joined, onStale: relinked, onRefused: refused }).start();
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

  function joined(board: Board): void {
    evacuated.value = board.evacuated;
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

  /** A press of a control, by key or pointer: sends it, or says why it does nothing now. Where a form comes first, `filled` is what it asked for. */
  async function press(control: Control, filled: Wish["body"] = {}): Promise<boolean> {
    const made = offers.value[control];
    return act({ control, act: made.act, body: { ...made.body, ...filled } }, made.reason);
  }

  /** Brings somebody back who was missed or put aside. */
  async function bring(row: Row): Promise<boolean> {
    const note = say({ word: "aside.taken-over", facts: { window: row.held?.kept_at ?? 0 } });
    return act({ control: `row ${row.id}`, act: row.act, body: bringing(row, session.window ?? 0, note) }, row.reason);
  }

  /** An act on a number that was looked up, wherever its visitor is. */
  async function deal(ticket: string, deed: Act, body: Wish["body"] = {}): Promise<boolean> {
    return act({ control: `row ${ticket} ${deed}`, act: deed, body: { ticket, ...body } }, closed(situation.value));
  }

  /** Answers whether it was done. */
  async function act(asked: { control: Pressed; act: Act; body: Wish["body"] }, reason: Saying | null): Promise<boolean> {
    const window = session.window;
    if (window === null || link.value !== "up") return false;
    const { press: mine, again } = pressed(last, { ...asked, window }, performance.now(), newKey);
    if (again) last = mine;
    if (sending.value !== null) return false;
    if (!again && reason !== null) {
      tell(reason);
      return false;
    }
    last = mine;
    sending.value = mine.control;
    const before: Before = { ticket: view.value?.ticket ?? null, undo: view.value?.undo ?? null, state: view.value?.state ?? "open" };
    try {
      const answer = await send(mine);
      acts += 1;
      if (mine.act === "sign-out") session.leave(null);
      else if (!again && view.value !== null) {
        // The answer to a repeated press is shown already.
        filed.value = isTicket(answer) ? (answer.case?.code ?? null) : null;
        view.value = settled(view.value, answer, now.value, session.hall?.settings.recall_gap_ms ?? 0);
        message.value = afterAct(mine.act, answer, before);
      }
      return true;
    } catch (error) {
      acts += 1;
      const problem = error instanceof Problem ? error : new Problem("unreadable");
      if (problem.status === 401) await session.verify();
      else message.value = afterProblem(problem);
      return false;
    } finally {
      sending.value = null;
      lastBegun = null; // an act of our own is followed up at once
      refresh();
    }
  }

  /** The hall's time now (ms UTC), by this page's own clock where there is no link; null before the server's first word. */
  const moment = (): number | null => live?.serverTime() ?? null;

  /** Fetches the window again at once. */
  function follow(): void {
    acts += 1;
    lastBegun = null;
    refresh();
  }

  /** Says in the message line why nothing was done. */
  function tell(reason: Saying): void {
    message.value = { tone: "attention", saying: standing(reason), text: "" };
  }

  // The socket first; where it gives no answer while the server is still heard, the same key goes over HTTP.
  async function send(mine: Press): Promise<Answer> {
    try {
      if (live === null) throw new Problem("unreachable");
      return await live.act(mine.act, mine.window, mine.body, { key: mine.key, timeoutMs: ACT_TIMEOUT_MS });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 0 || link.value !== "up") throw error;
      return api.act(session.hall?.hall ?? "main", mine.window, mine.act, mine.body, { key: mine.key });
    }
  }

  return { view, link, band, message, sending, outcome, now, papers, filed, unentered, evacuated, offers, missed, held, open, close, choose, press, bring, deal, moment, follow, tell };
});
