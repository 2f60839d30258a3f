// What the guide does: the visit being prepared, its two exits, tickets found again, help that is ended; one wish at a time.

import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { typedNumber, whyNot, type TicketAct } from "../shared/allowed";
import type { Consulted, Language, Ticket, TicketPage } from "../shared/wire";
import { useHall } from "./hall";
import { api, useSession } from "./session";
import { MOST_LATER, checked, marked, missingNote, newcomer, notYet, wish, withBusiness, type Mark, type Visit } from "./visit";
import { QUIET, newSending, type Message } from "../shared/sending";
import { toggled } from "../shared/toggled";
import { language, type Saying } from "./words";

export type Place = "visit" | "number" | "slip" | "ticket" | "booking" | "case";
/** What the guide did just now: a number given or looked after, or a question answered. */
export type Recent = { readonly at: number; readonly number: string | null; readonly word: string; readonly business: string | null };

const REMEMBERED = 12;

export const useDesk = defineStore("guide", () => {
  const session = useSession();
  const hall = useHall();
  const visit = shallowRef<Visit>(newcomer("zh-Hans"));
  const place = ref<Place>("visit");
  const later = ref(false);
  const shown = shallowRef<Ticket | null>(null);
  const message = shallowRef<Message>(QUIET);
  const recent = shallowRef<readonly Recent[]>([]);
  const { busy, send, guarded } = newSending({ api, message, up: () => hall.link === "up", verify: () => session.verify() });

  const business = computed(() => session.hall?.businesses.find((each) => each.code === visit.value.business) ?? null);
  const item = computed(() => business.value?.items.find((each) => each.code === visit.value.item) ?? null);
  const papers = computed(() => checked(visit.value, item.value));
  const reason = computed(() => notYet(visit.value, business.value));
  const root = (): string => `/halls/${encodeURIComponent(session.hall?.hall ?? "main")}`;

  function begin(): void {
    [visit.value, place.value, later.value, shown.value, message.value] = [newcomer(language() as Language), "visit", false, null, QUIET];
  }

  function go(to: Place): void {
    [place.value, message.value, later.value] = [to, QUIET, false];
  }

  function chooseBusiness(code: string): void {
    const found = session.hall?.businesses.find((each) => each.code === code);
    if (found) visit.value = withBusiness(visit.value, found);
    message.value = QUIET;
  }

  const change = (what: Partial<Visit>): void => void (visit.value = { ...visit.value, ...what });
  const markPaper = (paper: string, mark: Mark): void => void (visit.value = marked(visit.value, paper, mark));
  const togglePriority = (code: string): void => change({ priority: toggled(visit.value.priority, code) });

  function toggleLater(code: string): void {
    const wanted = toggled(visit.value.later, code);
    if (wanted.length > MOST_LATER) return tell({ word: "reason.later-most", facts: { n: MOST_LATER } });
    change({ later: wanted });
  }

  async function take(): Promise<void> {
    const ticket = await send<Ticket>("take", `${root()}/tickets`, wish(visit.value));
    if (ticket !== null) await arrived(ticket, "recent.number");
  }

  /** A number by the code of a booking or of a case, as it stands on the visitor's paper. */
  async function takeByCode(kind: "booking" | "case", code: string): Promise<void> {
    const part = encodeURIComponent(code.trim());
    const path = kind === "booking" ? `bookings/${part}/check-in` : `cases/${part}/tickets`;
    const ticket = await send<Ticket>(kind, `${root()}/${path}`, { language: visit.value.language });
    if (ticket !== null) await arrived(ticket, `recent.${kind}`);
  }

  async function arrived(ticket: Ticket, word: string): Promise<void> {
    remember(ticket.number, word, ticket.business);
    const wanted = visit.value.moreTime;
    [shown.value, place.value, message.value] = [ticket, "number", QUIET];
    if (!wanted) return;
    const slower = await send<Ticket>("more-time", `${root()}/tickets/${ticket.id}/more-time`, {});
    // The number stands whatever becomes of this; the token comes only with the take.
    if (slower !== null) shown.value = { ...slower, token: ticket.token };
    else message.value = { ...message.value, saying: { word: "said.no-more-time", facts: { number: ticket.number } }, text: "" };
  }

  /** A question was answered without a number. */
  async function consult(): Promise<void> {
    const of = place.value === "visit" ? visit.value.business : null;
    const counted = await send<Consulted>("consult", `${root()}/consultations`, of === null ? {} : { business: of });
    if (counted === null) return;
    begin();
    remember(null, "recent.consulted", of);
    done("said.consulted", { n: counted.today });
  }

  /** The second exit: everything missing on one paper and no number; counted as a consultation. */
  async function tellMissing(): Promise<void> {
    const of = visit.value.business;
    const counted = await send<Consulted>("missing", `${root()}/consultations`, { business: of, note: missingNote(visit.value, item.value) });
    if (counted === null) return;
    remember(null, "recent.missing", of);
    go("slip");
  }

  async function find(text: string): Promise<boolean> {
    const number = typedNumber(text);
    if (number === null) return tell({ word: "reason.number" }), false;
    const found = await guarded("find", () => api.get<TicketPage>(`${root()}/tickets?number=${number}`));
    if (found === null) return false;
    const ticket = found.items[0];
    if (ticket === undefined) return tell({ word: "reason.no-such-number", facts: { number } }), false;
    // A visitor with number or list in hand has left; one who is still being looked after waits for the guide to come back.
    if (place.value !== "visit" && place.value !== "ticket") begin();
    go("ticket");
    shown.value = ticket;
    return true;
  }

  async function act(what: TicketAct, body: object = {}): Promise<void> {
    const ticket = shown.value;
    if (ticket === null) return;
    const closed = whyNot(what, ticket);
    if (closed !== null) return tell({ word: closed });
    const after = await send<Ticket>(what, `${root()}/tickets/${ticket.id}/${what}`, body);
    if (after === null) return;
    shown.value = after;
    remember(after.number, `recent.${what}`, after.business);
    done(`said.${what}`, { number: after.number });
  }

  async function endHelp(window: number): Promise<void> {
    const ended = await send(`help ${window}`, `${root()}/windows/${window}/help-ended`, {});
    if (ended !== null) done("said.help", { window });
    hall.refresh();
  }

  const tell = (saying: Saying): void => void (message.value = { tone: "attention", saying, text: "" });
  const done = (word: string, figures: Saying["facts"]): void => void (message.value = { tone: "done", saying: { word, facts: figures }, text: "" });

  function remember(number: string | null, word: string, of: string | null): void {
    recent.value = [{ at: hall.now, number, word, business: of }, ...recent.value].slice(0, REMEMBERED);
  }

  return {
    visit, place, later, shown, message, busy, recent, business, item, papers, reason,
    begin, go, chooseBusiness, change, markPaper, togglePriority, toggleLater, take, takeByCode, consult, tellMissing, find, act, endHelp, tell,
  };
});
