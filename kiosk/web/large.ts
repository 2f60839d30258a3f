// 大字: whether this visitor asked for everything larger, for the pages that show fewer keys then.

import { inject, onMounted, onUnmounted, ref, type ComputedRef, type InjectionKey, type Ref } from "vue";

export const LARGE: InjectionKey<ComputedRef<boolean>> = Symbol("large");

/** Whether 大字 is on. */
export function useLarge(): ComputedRef<boolean> {
  const large = inject(LARGE);
  if (!large) throw new Error("This page stands outside the kiosk's frame.");
  return large;
}

/** Whether the screen lies across; it may be turned while the page is open. */
export function useAcross(): Ref<boolean> {
  const query = window.matchMedia("(orientation: landscape)");
  const across = ref(query.matches);
  const turned = () => (across.value = query.matches);
  onMounted(() => query.addEventListener("change", turned));
  onUnmounted(() => query.removeEventListener("change", turned));
  return across;
}
