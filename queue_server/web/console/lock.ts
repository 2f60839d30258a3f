// The locked screen, remembered beside the session so that reloading the page does not open it.

import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { useSession } from "./session";
import { stored, store } from "./stored";

const NAME = "onedoor.console.locked";

export const useLock = defineStore("lock", () => {
  const session = useSession();
  const by = ref(stored(NAME));

  /** Locked for the one who is signed in; somebody else's lock does not concern them. */
  const locked = computed(() => session.user !== null && by.value === session.user.number);

  function lock(): void {
    put(session.user?.number ?? null);
  }

  /** Signs in again as the same person; throws `Problem` when the password is not theirs. */
  async function unlock(password: string): Promise<void> {
    await session.signIn(session.user?.name ?? "", password);
    put(null);
  }

  function put(number: string | null): void {
    by.value = number;
    store(NAME, number);
  }

  // Another tab of this browser locks and unlocks as well.
  globalThis.addEventListener("storage", (event) => {
    if (event.key === NAME) by.value = event.newValue;
  });

  return { locked, lock, unlock };
});
