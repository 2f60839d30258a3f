// The choice page's state: the view of every window, looked at again every few seconds, and sitting down at one.

import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { Problem, type WindowView } from "../shared/wire";
import { afterProblem, type Message } from "./replies";
import { api, useSession } from "./session";
import { choices, type Choice } from "./windows";

const LOOK_AGAIN_MS = 4_000;

export const useSeats = defineStore("seats", () => {
  const session = useSession();
  const views = shallowRef<ReadonlyMap<number, WindowView>>(new Map());
  const sitting = ref<number | null>(null);
  const message = shallowRef<Message | null>(null);
  let timer = 0;

  const cards = computed(() => choices(session.hall?.windows ?? [], views.value, session.user?.number ?? ""));

  function open(): void {
    close();
    message.value = null;
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
    if (card.seat === "taken") {
      message.value = { tone: "attention", saying: { word: "choice.taken-said", facts: { n: card.window, name: card.clerk?.name ?? "" } }, text: "" };
      return;
    }
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

  async function signOut(): Promise<void> {
    await session.signOut().catch(failed);
  }

  function failed(error: unknown): void {
    const problem = error instanceof Problem ? error : new Problem("unreadable");
    if (problem.status === 401) void session.verify();
    else message.value = afterProblem(problem);
  }

  return { cards, sitting, message, open, close, sit, signOut };
});
