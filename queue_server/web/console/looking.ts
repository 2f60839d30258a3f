// Looking a typed number up for a form: what the page shows already first, then the server; what goes wrong is said at the field.

import { ref } from "vue";
import { useI18n } from "vue-i18n";
import { Problem } from "../shared/wire";
import { useDesk } from "./desk";
import { byNumber, lookUp, typedNumber } from "./numbers";
import { afterProblem } from "./replies";
import { api, useSession } from "./session";

export function useLookUp() {
  const { t } = useI18n();
  const desk = useDesk();
  const session = useSession();
  const error = ref<string | null>(null);

  /** The id of the ticket with this number in one of these states, null when there is none; then `error` says so. */
  async function find(typed: string, states: readonly string[]): Promise<string | null> {
    error.value = null;
    const near = byNumber(desk.view?.waiting ?? [], typed);
    if (near !== null) return near.id;
    try {
      const found = await lookUp((query) => api.tickets(session.hall?.hall ?? "main", query), typed, states);
      if (found === null) error.value = t("form.no-number", { number: typedNumber(typed) });
      return found;
    } catch (failed) {
      const problem = failed instanceof Problem ? failed : new Problem("unreadable");
      if (problem.status === 401) void session.verify();
      else desk.message = afterProblem(problem);
      return null;
    }
  }

  return { find, error };
}
