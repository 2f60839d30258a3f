// The papers of the visitor at the window: the item they are here for, what was found of each, and which slip is shown.

import { defineStore } from "pinia";
import { computed, ref, shallowRef, watch } from "vue";
import { calendarDay } from "../shared/time";
import type { Case } from "../shared/wire";
import { itemOf, knownOf, lines, missingOf, turned, type Line, type Marks } from "./checking";
import { useDesk } from "./desk";
import { useSession } from "./session";
import { language } from "./words";

export const usePapers = defineStore("papers", () => {
  const desk = useDesk();
  const session = useSession();
  const marks = shallowRef<Marks>({});
  const chosen = ref<string | null>(null);

  const ticket = computed(() => desk.view?.ticket ?? null);
  const goesOn = computed<Case | null>(() => desk.view?.case ?? null);
  const business = computed(() => session.hall?.businesses.find(({ code }) => code === ticket.value?.business));
  const code = computed(() => chosen.value ?? itemOf(ticket.value, goesOn.value, business.value));
  const item = computed(() => business.value?.items.find((each) => each.code === code.value) ?? null);
  const known = computed(() => knownOf(goesOn.value, business.value?.code ?? "", code.value));
  const today = computed(() => desk.view?.day ?? "");
  const list = computed(() => lines(item.value, known.value, marks.value, today.value, (day) => calendarDay(day, language())));
  const missing = computed(() => missingOf(list.value));
  /** Whether this business has checklists at all. */
  const any = computed(() => business.value?.items.some(({ papers }) => papers.length > 0) ?? false);

  const items = computed(() => business.value?.items.length ?? 0);

  watch([() => ticket.value?.id, () => ticket.value?.turn], () => ([marks.value, chosen.value] = [{}, null]));
  // What finishing must know of it.
  watch([any, items, missing, chosen], () => (desk.papers = { any: any.value, items: items.value, missing: missing.value.length, served: chosen.value }), { immediate: true });

  function choose(item: string): void {
    if (item !== code.value) [chosen.value, marks.value] = [item === ticket.value?.item ? null : item, {}];
  }

  const turn = (line: Line): void => void (marks.value = turned(marks.value, line));

  return { business, code, item, goesOn, today, list, missing, any, choose, turn };
});
