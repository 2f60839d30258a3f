// Looking a typed number up; what goes wrong is said at the field, a lost link in the message line.

import { ref } from "vue";
import { useI18n } from "vue-i18n";
import { typedNumber } from "../shared/allowed";
import { Problem, type Ticket } from "../shared/wire";
import { useDesk } from "./desk";
import { afterProblem } from "./replies";
import { api, useSession } from "./session";

export function useLookUp() {
  const { t } = useI18n();
  const desk = useDesk();
  const session = useSession();
  const error = ref<string | null>(null);

  /** Today's ticket with this number, null when there is none or it is in no state asked for; then `error` says so. */
  async function find(typed: string, states?: readonly Ticket["state"][]): Promise<Ticket | null> {
    error.value = null;
    const number = typedNumber(typed);
    try {
      const found = number === null ? null : ((await api.tickets(session.hall?.hall ?? "main", { number })).items[0] ?? null);
      if (found !== null && (states ?? [found.state]).includes(found.state)) return found;
      error.value = t(states === undefined ? "form.unknown-number" : "form.no-number", { number: number ?? typed.trim() });
    } catch (failed) {
      const problem = failed instanceof Problem ? failed : new Problem("unreadable");
      if (problem.status === 401) void session.verify();
      else desk.message = afterProblem(problem);
    }
    return null;
  }

  return { find, error };
}
