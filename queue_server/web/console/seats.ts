// The choice page's state: the view of every window, looked at again every few seconds, sitting down at one, freeing one.

import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { Problem, type WindowView } from "../shared/wire";
import { afterProblem, type Message } from "./replies";
import { api, useSession } from "./session";
import { choices, mayFree, type Choice } from "./windows";

const LOOK_AGAIN_MS = 4_000;

export const useSeats = defineStore("seats", () => {
  const session = useSession();
  const views = shallowRef<ReadonlyMap<number, WindowView>>(new Map());
  const sitting = ref<number | null>(null);
  const message = shallowRef<Message | null>(null);
  /** Whom a manager is about to send away from which window. */
  const leaving = shallowRef<Choice | null>(null);
  let timer = 0;

  const cards = computed(() => choices(session.hall?.windows ?? [], views.value, session.user?.number ?? ""));
  const frees = (card: Choice): boolean => mayFree(card, session.user?.role ?? "");
  /** The window about to be freed; none as soon as somebody else sits there, or a visitor has come. */
  const asking = computed(() => cards.value.find((card) => card.window === leaving.value?.window && card.clerk?.number === leaving.value.clerk?.number && frees(card))?.window ?? null);

  function open(): void {
    close();
    message.value = null;
    leaving.value = null;
    void look();
    timer = globalThis.setInterval(() => void look(), LOOK_AGAIN_MS) as unknown as number;
  }

  function close(): void {
    globalThis.clearInterval(timer);
  }

  async function look(): Promise<void> {
    const hall = session.hall;
    if (hall === null) return;
    try {
      const seen = await Promise.all(hall.windows.map(({ window }) => api.window(hall.hall, window)));
      views.value = new Map(seen.map((view) => [view.window, view]));
      if (message.value?.tone === "stop") message.value = null;
    } catch (error) {
      failed(error);
    }
  }

  async function sit(card: Choice): Promise<void> {
    if (sitting.value !== null) return;
    if (card.seat === "taken") return taken(card);
    if (card.seat === "mine") return session.sit(card.window);
    sitting.value = card.window;
    try {
      await api.act(session.hall?.hall ?? "main", card.window, "sign-in");
      session.sit(card.window);
    } catch (error) {
      failed(error);
      void look();
    } finally {
      sitting.value = null;
    }
  }

  function taken(card: Choice): void {
    const facts = { n: card.window, name: card.clerk?.name ?? "", number: card.number ?? "" };
    leaving.value = frees(card) ? card : null;
    if (leaving.value !== null) message.value = null;
    else if (session.user?.role === "manager") message.value = { tone: "attention", saying: { word: "choice.busy-said", facts }, text: "" };
    else message.value = { tone: "attention", saying: { word: "choice.taken-said", facts }, text: "" };
  }

  async function free(): Promise<void> {
    const window = asking.value;
    if (window === null || sitting.value !== null) return;
    sitting.value = window;
    try {
      await api.act(session.hall?.hall ?? "main", window, "sign-out");
      message.value = { tone: "done", saying: { word: "choice.freed", facts: { n: window } }, text: "" };
      await look();
    } catch (error) {
      failed(error);
    }
    leaving.value = null;
    sitting.value = null;
  }

  function keep(): void {
    leaving.value = null;
  }

  async function signOut(): Promise<void> {
    await session.signOut().catch(failed);
  }

  function failed(error: unknown): void {
    const problem = error instanceof Problem ? error : new Problem("unreadable");
    if (problem.status === 401) void session.verify();
    else message.value = afterProblem(problem);
  }

  return { cards, sitting, asking, message, frees, open, close, sit, free, keep, signOut };
});
