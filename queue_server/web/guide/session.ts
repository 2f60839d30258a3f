// The session: who is signed in, at which hall, and why the sign-in page is shown.

import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { readAccount, type Account, type Person } from "../console/account";
import { Api } from "../shared/api";
import { Problem, type HallFacts } from "../shared/wire";
import { facts, language, type Saying } from "./words";

export const api = new Api({ language, timeoutMs: 5_000 });

const AGAIN_MS = 2_000;

export const useSession = defineStore("session", () => {
  const user = shallowRef<Person | null>(null);
  const hall = shallowRef<HallFacts | null>(null);
  /** Why the page is not where the guide expects it. */
  const notice = shallowRef<Saying | null>(null);
  const loading = ref(true);
  const place = computed(() => (loading.value ? "loading" : user.value === null || hall.value === null ? "sign-in" : "tablet"));

  async function take(account: Account): Promise<void> {
    if (account.user !== null) hall.value = await api.hall(account.hall ?? facts.hall ?? "main");
    user.value = account.user;
  }

  /** Finds out who is signed in; keeps trying while the server is not there. */
  async function load(): Promise<void> {
    for (;;) {
      try {
        await take(readAccount(await api.session()));
        notice.value = null;
        break;
      } catch (error) {
        if (!(error instanceof Problem) || !error.passing) break;
        notice.value = { word: "notice.no-server" };
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
    loading.value = false;
  }

  async function signIn(name: string, password: string): Promise<void> {
    await take(readAccount(await api.signIn(name, password)));
    notice.value = null;
  }

  async function signOut(): Promise<void> {
    await api.signOut();
    user.value = null;
    notice.value = { word: "notice.signed-out" };
  }

  /** Somebody told us that we are not signed in: asks, and when it is so goes back to the sign-in page, saying why. */
  async function verify(): Promise<void> {
    const account = await api.session().then(readAccount, () => null);
    if (account === null || account.user !== null || user.value === null) return;
    user.value = null;
    notice.value = { word: "notice.expired" };
  }

  return { user, hall, notice, place, load, signIn, signOut, verify };
});
