// The living ticket of the phone page: asks, waits, asks again; at once when the phone wakes up or is back on the network.

import { onMounted, onUnmounted, ref, shallowRef } from "vue";
import { Api, Problem } from "../../../queue_server/web/shared/api";
import { answered, failed, NOT_ASKED, old, pause } from "./asking";

/** Follows the ticket of this token while the component is shown. */
export function useTicket(token: string) {
  const api = new Api({ token: undefined });
  const asked = shallowRef(NOT_ASKED);
  const stale = ref(false);
  let next = 0;
  let watch = 0;
  let asking = false;

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    window.clearTimeout(next);
    try {
      asked.value = answered(await api.ticket(token), performance.now());
    } catch (error) {
      asked.value = failed(asked.value, error instanceof Problem ? error : new Problem("unreadable"));
    }
    asking = false;
    look();
    next = window.setTimeout(() => void ask(), pause(asked.value));
  }

  const look = (): void => void (stale.value = old(asked.value, performance.now()));
  const wake = (): void => void (document.visibilityState === "visible" && ask());

  onMounted(() => {
    void ask();
    watch = window.setInterval(look, 1_000);
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
  });
  onUnmounted(() => {
    window.clearTimeout(next);
    window.clearInterval(watch);
    removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", wake);
  });
  return { asked, stale };
}
