// What stands in the middle column instead of the visitor: a form before an act, or the clerk's keys; and the note that goes with the visitor.

import { defineStore } from "pinia";
import { ref, watch } from "vue";
import type { Form } from "./acting";
import { useDesk } from "./desk";

export type Panel = Form | "keys";

export const usePanel = defineStore("panel", () => {
  const desk = useDesk();
  const open = ref<Panel | null>(null);
  /** What the clerk wrote about the visitor at the window; hold and transfer take it along. */
  const note = ref("");

  // A form is about the visitor it was opened for, and a note about the one it was written for.
  watch(() => desk.view?.ticket?.id, (now, before) => {
    if (now === before) return;
    note.value = "";
    if (open.value !== "keys") open.value = null;
  });

  function show(panel: Panel): void {
    open.value = panel;
  }

  function close(): void {
    open.value = null;
  }

  return { open, note, show, close };
});
