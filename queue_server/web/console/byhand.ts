// Working by hand without a link: keeps the call list while there is one, the marks while there is none, and enters them once it is back.

import { defineStore } from "pinia";
import { computed, ref, shallowRef, watch } from "vue";
import { newKey } from "../shared/keys";
import { Problem, type ByHandLine, type CallList, type CallListed } from "../shared/wire";
import { useDesk } from "./desk";
import * as list from "./handlist";
import { outcomeAt, preChosen } from "./outcomes";
import { DOUBLE_PRESS_MS } from "./press";
import { afterProblem, type Message } from "./replies";
import { api, useSession } from "./session";
import { store, stored } from "./stored";

const LIST_EVERY_MS = 10_000;
const AGAIN_MS = 5_000; // a list that got no answer goes again after so long
const TOLD_MS = 5_000;
const SILENCE: readonly string[] = ["unreachable", "no-answer", "unreadable"];

export type Mark = "main" | "start" | "missed" | "finish" | "undo";

export const useByHand = defineStore("by-hand", () => {
  const session = useSession();
  const desk = useDesk();
  const kept = shallowRef<CallList | null>(null);
  const noted = shallowRef<list.Noted | null>(null);
  const outcome = ref("");
  const entered = shallowRef<readonly ByHandLine[] | null>(null);
  const trouble = shallowRef<Message | null>(null);
  const sending = ref(false);
  // Somebody is at the window who is not on the list: they are ended by the ordinary keys first.
  const busy = ref(false);
  let askedAt: number | null = null;
  let sentAt: number | null = null;
  let last: { mark: string; at: number } | null = null;

  const place = computed(() => (session.window === null || session.user === null ? null : `${session.hall?.hall ?? "main"}.${session.window}`));
  const listName = computed(() => place.value && `onedoor.console.call-list.${place.value}`);
  const notedName = computed(() => place.value && `onedoor.console.by-hand.${place.value}.${session.user?.number ?? ""}`);
  const rules = computed(() => session.hall?.settings ?? { max_calls: 1, recall_gap_ms: 0 });
  const outcomes = computed(() => session.hall?.outcomes ?? []);

  const waiting = computed(() => (noted.value === null ? [] : list.waiting(kept.value?.items ?? [], noted.value)));
  const here = computed(() => (noted.value === null ? null : list.current(noted.value)));
  const serving = computed(() => noted.value !== null && list.serving(noted.value));
  const lines = computed(() => noted.value?.lines ?? []);
  const mayMissIn = computed(() => (here.value === null ? 0 : Math.max(0, Math.ceil((here.value.may_miss_at - desk.now) / 1_000))));

  watch(notedName, (name) => {
    noted.value = name === null ? null : list.read(stored(name));
    kept.value = listName.value === null ? null : readList(stored(listName.value));
    [entered.value, trouble.value, busy.value, askedAt, sentAt] = [null, null, false, null, null];
  }, { immediate: true });
  watch(() => [desk.link, desk.view] as const, ([link, view]) => {
    if (link !== "up" || view === null) return;
    if (noted.value !== null && lines.value.length === 0) put(null);
    if (view.ticket === null) busy.value = false;
    if (noted.value?.sent != null && (sentAt === null || performance.now() - sentAt > AGAIN_MS)) void enter();
    void refresh();
  });
  watch(() => (busy.value ? 0 : lines.value.length), (count) => (desk.unentered = count), { immediate: true });
  watch(() => here.value?.id, () => (outcome.value = preChosen(outcomes.value)), { immediate: true });

  async function refresh(): Promise<void> {
    const [window, hall] = [session.window, session.hall];
    if (window === null || hall === null || (askedAt !== null && performance.now() - askedAt < LIST_EVERY_MS)) return;
    askedAt = performance.now();
    try {
      const fresh = await api.callList(hall.hall, window);
      if (session.window !== window || desk.link === "lost") return;
      kept.value = fresh;
      if (listName.value !== null) store(listName.value, JSON.stringify(fresh));
    } catch (error) {
      // The last list stays, with its time beside it; a refusal is told by the window's own view.
      if (!(error instanceof Problem)) throw error;
    }
  }

  /** The window as it was last seen is where the marks begin. */
  function begin(): void {
    if (noted.value === null && desk.view !== null) noted.value = list.begin(desk.view, rules.value);
  }

  function choose(digit: number): void {
    outcome.value = outcomeAt(outcomes.value, digit) ?? outcome.value;
  }

  /** Marks what was done; `item` is whom to call where it is not the first. Answers whether it was marked. */
  function mark(what: Mark, item: CallListed | undefined = waiting.value[0]): boolean {
    const now = noted.value;
    const at = desk.moment();
    const pressedAt = performance.now();
    const again = last !== null && last.mark === what && pressedAt - last.at < DOUBLE_PRESS_MS;
    if (again && last !== null) last.at = pressedAt;
    if (now === null || at === null || desk.link !== "lost" || again) return false;
    const next = marked(now, what, at, item);
    if (next === now) return false;
    last = { mark: what, at: pressedAt };
    put(next);
    return true;
  }

  function marked(now: list.Noted, what: Mark, at: number, item: CallListed | undefined): list.Noted {
    if (what === "undo") return list.undo(now);
    if (what === "main") {
      const free = here.value === null ? now : list.finish(now, outcome.value, at);
      return item === undefined ? free : list.together(now, list.call(free, item, at, rules.value));
    }
    if (here.value === null) return now;
    if (what === "finish") return list.finish(now, outcome.value, at);
    if (serving.value) return now;
    if (what === "missed") return mayMissIn.value > 0 ? now : list.missed(now, at);
    return list.came(now, at);
  }

  function remove(id: string): void {
    if (noted.value === null || noted.value.sent !== null) return;
    const rest = list.without(noted.value, id);
    put(rest.lines.length === 0 ? null : rest);
    trouble.value = null;
  }

  function change(id: string, to: string): void {
    if (noted.value !== null && noted.value.sent === null) put(list.withOutcome(noted.value, id, to));
  }

  /** Enters the list; a page that is reloaded in the middle sends the same list under the same key. */
  async function enter(): Promise<boolean> {
    const [window, hall, now, at] = [session.window, session.hall, noted.value, desk.moment()];
    if (window === null || hall === null || now === null || at === null || now.lines.length === 0 || desk.link !== "up" || sending.value) return false;
    const sent = now.sent ?? { key: newKey(), body: list.body(now, at) };
    put({ ...now, before: null, sent });
    sending.value = true;
    sentAt = performance.now();
    try {
      tell((await api.byHand(hall.hall, window, sent.body, { key: sent.key })).lines);
      put(list.rest(noted.value ?? now, sent));
      trouble.value = null;
      return true;
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem("unreadable");
      // An answer of the server is sure to have changed nothing; after silence the same list goes again under its key.
      if (!SILENCE.includes(problem.code) && noted.value !== null) put({ ...noted.value, sent: null });
      busy.value = problem.code === "window-busy";
      if (problem.status === 401) await session.verify();
      else trouble.value = afterProblem(problem);
      return false;
    } finally {
      sending.value = false;
      desk.follow();
    }
  }

  function tell(told: readonly ByHandLine[]): void {
    entered.value = told;
    if (told.every(({ conflict }) => conflict === null)) globalThis.setTimeout(() => entered.value === told && read(), TOLD_MS);
  }

  /** What was entered has been read. */
  function read(): void {
    entered.value = null;
  }

  function put(now: list.Noted | null): void {
    noted.value = now;
    if (notedName.value !== null) store(notedName.value, now === null || now.lines.length === 0 ? null : JSON.stringify(now));
  }

  return { kept, noted, outcome, outcomes, entered, trouble, sending, waiting, here, serving, lines, mayMissIn, begin, choose, mark, remove, change, enter, read };
});

function readList(text: string | null): CallList | null {
  try {
    const said = JSON.parse(text ?? "") as CallList;
    return typeof said.at === "number" && Array.isArray(said.items) ? said : null;
  } catch {
    return null;
  }
}
