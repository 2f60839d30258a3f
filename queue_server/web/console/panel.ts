// What stands in the middle column instead of the visitor: a form before an act, or the clerk's keys; and the note that goes with the visitor.

import { defineStore } from "pinia";
import { ref, watch } from "vue";
import type { Form } from "./acting";
import { useDesk } from "./desk";

export type Panel = Form | "keys" | "notes" | "number" | "by-hand" | "slip";
/** What stays open whoever comes or goes. */
const STAYS: readonly (Panel | null)[] = ["keys", "number", "by-hand", "reprint", "slip"];

export const usePanel = defineStore("panel", () => {
  const desk = useDesk();
  const open = ref<Panel | null>(null);
  /** The number that is looked up at once when its panel opens. */
  const about = ref<string | null>(null);
  /** The case whose slip is shown, and whether it was printed before. */
  const slip = ref<{ readonly code: string; readonly copy: boolean } | null>(null);
  /** What the clerk wrote about the visitor at the window; hold and transfer take it along. */
  const note = ref("");

  // A form is about the visitor it was opened for, and a note about the one it was written for.
  watch(() => desk.view?.ticket?.id, (now, before) => {
    if (now === before) return;
    note.value = "";
    if (!STAYS.includes(open.value)) open.value = null;
  });

  function show(panel: Panel): void {
    about.value = null;
    open.value = panel;
  }

  function look(number: string): void {
    about.value = number;
    open.value = "number";
  }

  function print(code: string, copy: boolean): void {
    slip.value = { code, copy };
    open.value = "slip";
  }

  function close(): void {
    open.value = null;
  }

  return { open, about, slip, note, show, look, print, close };
});
