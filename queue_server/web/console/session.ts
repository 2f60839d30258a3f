// The session: who is signed in, and at which window they sit.

import { defineStore } from "pinia";
import { computed } from "vue";
import { Api } from "../shared/api";
import { newSession } from "../shared/session";
import type { Saying } from "../shared/words";
import { facts, language } from "./words";

export const api = new Api({ language, timeoutMs: 5_000 });

export const useSession = defineStore("session", () => {
  const session = newSession(api, facts);
  const window = computed(() => session.account.value.window ?? null);

  function sit(number: number): void {
    put(number, null);
  }

  function leave(reason: Saying | null): void {
    put(null, reason);
  }

  function put(number: number | null, reason: Saying | null): void {
    session.account.value = { ...session.account.value, window: number };
    session.notice.value = reason;
  }

  return { ...session, window, sit, leave };
});
