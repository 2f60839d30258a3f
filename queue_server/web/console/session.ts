// The session: who is signed in, at which hall and window, and why the sign-in page is shown.

import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { Api } from "../shared/api";
import { Problem, type HallFacts } from "../shared/wire";
import { readAccount, type Account, type Person } from "./account";
import type { Saying } from "./acting";
import { facts, language } from "./words";

export const api = new Api({ language, timeoutMs: 5_000 });

export type Place = "loading" | "sign-in" | "choice" | "console";

export const useSession = defineStore("session", () => {
  const user = shallowRef<Person | null>(null);
  const hall = shallowRef<HallFacts | null>(null);
  const window = ref<number | null>(null);
  /** Why the page is not where the clerk expects it: a session that ended, a window lost to somebody else. */
  const notice = shallowRef<Saying | null>(null);
  const loading = ref(true);

  const place = computed<Place>(() => {
    if (loading.value) return "loading";
    if (user.value === null || hall.value === null) return "sign-in";
    return window.value === null ? "choice" : "console";
  });

  async function take(account: Account): Promise<void> {
    if (account.user === null) return forget();
    hall.value = await api.hall(account.hall ?? facts.hall ?? "main");
    window.value = account.window ?? null;
    user.value = account.user;
  }

  function forget(): void {
    user.value = null;
    window.value = null;
  }

  /** Finds out who is signed in; keeps trying while the server is not there. */
  async function load(): Promise<void> {
    for (;;) {
      try {
        await take(readAccount(await api.session()));
        break;
      } catch (error) {
        if (!(error instanceof Problem) || !error.passing) break;
        notice.value = { word: "notice.no-server" };
        await new Promise((resolve) => setTimeout(resolve, 2_000));
      }
    }
    if (notice.value?.word === "notice.no-server") notice.value = null;
    loading.value = false;
  }

  async function signIn(name: string, password: string): Promise<void> {
    await take(readAccount(await api.signIn(name, password)));
    notice.value = null;
  }

  async function signOut(): Promise<void> {
    await api.signOut();
    forget();
    notice.value = { word: "notice.signed-out" };
  }

  /** Somebody told us that we are not signed in: asks, and when it is so goes back to the sign-in page, saying why. */
  async function verify(): Promise<void> {
    const account = await api.session().then(readAccount, () => null);
    if (account === null || account.user !== null || user.value === null) return;
    forget();
    notice.value = { word: "notice.expired" };
  }

  function sit(number: number): void {
    window.value = number;
    notice.value = null;
  }

  function leave(reason: Saying | null): void {
    window.value = null;
    notice.value = reason;
  }

  return { user, hall, window, notice, place, load, signIn, signOut, verify, sit, leave };
});
