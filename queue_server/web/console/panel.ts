// What stands in the middle column instead of the visitor: a form before an act, or the clerk's keys; and the note that goes with the visitor.

import { defineStore } from "pinia";
import { ref, watch } from "vue";
import type { Form } from "./acting";
import { useDesk } from "./desk";

export type Panel = Form | "keys" | "number" | "by-hand";

export const usePanel = defineStore("panel", () => {
  const desk = useDesk();
  const open = ref<Panel | null>(null);
  /** The number that is looked up at once when its panel opens. */
  const about = ref<string | null>(null);
  /** What the clerk wrote about the visitor at the window; hold and transfer take it along. */
  const note = ref("");

  // A form is about the visitor it was opened for, and a note about the one it was written for.
  watch(() => desk.view?.ticket?.id, (now, before) => {
    if (now === before) return;
    note.value = "";
    if (open.value !== "keys" && open.value !== "number" && open.value !== "by-hand") open.value = null;
  });

  function show(panel: Panel): void {
    about.value = null;
    open.value = panel;
  }

  function look(number: string): void {
    about.value = number;
    open.value = "number";
  }

  function close(): void {
    open.value = null;
  }

  return { open, about, note, show, look, close };
});
