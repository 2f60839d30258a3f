// What was done with one visitor by hand, as a line to read: since when, until when, and how it ended.

import { useI18n } from "vue-i18n";
import { hallTime } from "../shared/time";
import type { Line } from "./handlist";
import { useSession } from "./session";

export function useHandWords() {
  const { t, te } = useI18n();
  const session = useSession();

  const outcome = (code: string): string => (te(`outcome.${code}`) ? t(`outcome.${code}`) : code);
  const time = (at: number): string => hallTime(at, session.hall?.time_zone ?? "UTC");

  /** `10:31–10:36 办结`; the call is left out where it was made before the link broke, and the outcome where it stands beside. */
  function told(line: Line, beside = false): string {
    const until = line.finished_at ?? line.missed_at;
    const from = line.called_at ?? line.started_at;
    const times = [from, until].filter((at): at is number => at !== null).map(time).join("–");
    const how = line.finished_at !== null ? (beside ? "" : outcome(line.outcome ?? "")) : t(line.missed_at !== null ? "keys.missed" : line.started_at !== null ? "now.serving" : "now.called");
    return `${times} ${how}`.trim();
  }

  return { told, outcome };
}
