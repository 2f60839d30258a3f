// The keys of the clerk who is signed in: read when they come, kept at every change.

import { defineStore } from "pinia";
import { computed, shallowRef, watch } from "vue";
import type { Keyed } from "./controls";
import { active, assign, DEFAULTS, kept, read, type Keymap } from "./keymap";
import { useSession } from "./session";
import { store, stored } from "./stored";

export const useKeys = defineStore("keys", () => {
  const session = useSession();
  const map = shallowRef<Keymap>(DEFAULTS);
  const name = computed(() => (session.user === null ? null : kept(session.user.number)));

  watch(name, (now) => (map.value = now === null ? DEFAULTS : read(stored(now))), { immediate: true });

  /** The cap to show on a control's button; null: no key works for it now. */
  const cap = (control: Keyed): string | null => active(map.value, control);

  /** Gives a control another key (null: none); refused, and answered with the control that has it, when it is taken. */
  function set(control: Keyed, key: string | null): Keyed | null {
    const made = assign(map.value, control, key);
    if ("usedBy" in made) return made.usedBy;
    put(made.map);
    return null;
  }

  const turn = (on: boolean): void => put({ ...map.value, on });
  const reset = (): void => put(DEFAULTS);

  function put(now: Keymap): void {
    map.value = now;
    if (name.value !== null) store(name.value, now === DEFAULTS ? null : JSON.stringify(now));
  }

  return { map, cap, set, turn, reset };
});
