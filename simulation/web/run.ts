// One run on the page: started, followed once a second, cancelled; its id is kept in the address, so that a reload comes back to it.

import { computed, onBeforeUnmount, ref, shallowRef } from "vue";
import { Problem } from "../../queue_server/web/shared/problem";
import type { Result, Run } from "./result";
import type { Order, Runs } from "./runs";

const ASK_EVERY_MS = 800;

export interface Trouble {
  title: string;
  detail: string;
}

export function useRun(runs: Runs, expired: () => void, lost: () => Trouble) {
  const run = shallowRef<Run | null>(null);
  const result = shallowRef<Result | null>(null);
  const trouble = shallowRef<Trouble | null>(null);
  const sending = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const working = computed(() => sending.value || (run.value !== null && !["done", "failed", "cancelled"].includes(run.value.step)));

  function take(found: Run): void {
    run.value = found;
    trouble.value = found.problem ?? null;
    if (found.result) result.value = found.result;
    if (working.value) timer = setTimeout(() => void follow(found.id), ASK_EVERY_MS);
  }

  function fail(error: unknown): void {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) expired();
    trouble.value = error.detail ? { title: String(error.facts.title ?? ""), detail: error.detail } : lost();
  }

  async function follow(id: string): Promise<void> {
    try {
      take(await runs.read(id));
    } catch (error) {
      fail(error);
      // The run goes on without us; a lost link is asked again, anything else is final.
      if (error instanceof Problem && error.passing) timer = setTimeout(() => void follow(id), ASK_EVERY_MS * 3);
      else run.value = null;
    }
  }

  async function start(order: Order): Promise<void> {
    clearTimeout(timer);
    sending.value = true;
    trouble.value = null;
    try {
      const begun = await runs.start(order);
      sending.value = false;
      history.replaceState(null, "", `#${begun.id}`);
      take(begun);
    } catch (error) {
      fail(error);
    } finally {
      sending.value = false;
    }
  }

  async function cancel(): Promise<void> {
    if (run.value) await runs.cancel(run.value.id).catch(fail);
  }

  /** Comes back to the run named in the address, if any. */
  function resume(): void {
    const id = location.hash.slice(1);
    if (/^[0-9a-f]{16}$/.test(id)) void follow(id);
  }

  onBeforeUnmount(() => clearTimeout(timer));
  return { run, result, trouble, working, start, cancel, resume };
}
