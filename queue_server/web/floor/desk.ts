// What the manager does: one place beside the windows at a time, one wish at a time, and what came of it in a sentence.

import { defineStore } from "pinia";
import { computed, shallowRef } from "vue";
import { QUIET, newSending, type Message } from "../shared/sending";
import { typedCode, typedNumber, whyNot, type TicketAct } from "../shared/allowed";
import type { Case, CaseList, Moved, Names, Printer, PrinterList, Ticket, TicketPage, WindowView } from "../shared/wire";
import { api, useHall, useSession } from "./session";
import type { Saying } from "./words";

export type HallAct = "close-early" | "evacuate" | "back-to-normal";
export type CaseAct = "hand-over" | "stop-clock" | "run-clock" | "close";
export type WindowActName = "open" | "close" | "pause" | "unpause" | "help-ended" | "sign-out";
export type Place =
  | { readonly kind: "overview" }
  | { readonly kind: "window"; readonly window: number }
  | { readonly kind: "business"; readonly business: string }
  | { readonly kind: "ticket" }
  | { readonly kind: "case"; readonly code: string }
  | { readonly kind: "sum" }
  | { readonly kind: "hall"; readonly act: HallAct };

const OVERVIEW: Place = { kind: "overview" };

export const useDesk = defineStore("floor", () => {
  const session = useSession();
  const hall = useHall();
  const place = shallowRef<Place>(OVERVIEW);
  const shown = shallowRef<Ticket | null>(null);
  const cases = shallowRef<readonly Case[]>([]);
  const filed = shallowRef<Case | null>(null);
  const printers = shallowRef<readonly Printer[]>([]);
  const message = shallowRef<Message>(QUIET);
  const { busy, send, guarded, failed } = newSending({ api, message, up: () => hall.link === "up", verify: () => session.verify(), after: () => hall.look() });

  const root = computed(() => `/halls/${encodeURIComponent(session.hall?.hall ?? "main")}`);

  function begin(): void {
    [place.value, shown.value, cases.value, filed.value, printers.value, message.value] = [OVERVIEW, null, [], null, [], QUIET];
  }

  function go(to: Place): void {
    [place.value, message.value] = [to, QUIET];
  }

  async function atWindow(window: number, act: WindowActName, body: object = {}): Promise<boolean> {
    return after(await send(`${act} ${window}`, `${root.value}/windows/${window}/${act}`, body), `said.${act}`, { window });
  }

  async function suspend(business: string, notice: Names): Promise<boolean> {
    return after(await send("suspend", `${root.value}/businesses/${business}/suspend`, { notice }), "said.suspend", { business });
  }

  async function resume(business: string): Promise<boolean> {
    return after(await send("resume", `${root.value}/businesses/${business}/resume`, {}), "said.resume", { business });
  }

  async function moveWaiting(business: string, to: string): Promise<boolean> {
    const moved = await send<Moved>("move-waiting", `${root.value}/businesses/${business}/move-waiting`, { to });
    return after(moved, "said.move-waiting", { n: moved?.moved ?? 0, business, to });
  }

  async function withHall(act: HallAct): Promise<void> {
    const before = place.value;
    if (after(await send(act, `${root.value}/${act}`, {}), `said.${act}`, {}) && place.value === before) place.value = OVERVIEW;
  }

  /** Shows today's ticket of a number, or the case of a code, that somebody typed or pressed. */
  async function find(text: string): Promise<boolean> {
    const [number, code] = [typedNumber(text), typedCode(text)];
    if (number !== null) {
      const found = await guarded("find", () => api.get<TicketPage>(`${root.value}/tickets?number=${number}`));
      if (found === null) return false;
      const ticket = found.items[0];
      if (ticket !== undefined) {
        go({ kind: "ticket" });
        shown.value = await withWhy(ticket);
        return true;
      }
    }
    if (code === null) return (tell(number === null ? { word: "reason.number" } : { word: "reason.no-such-number", facts: { number } }), false);
    const of = await guarded("find", () => api.get<Case>(ofCase(code)));
    if (of !== null) openCase(of);
    return of !== null;
  }

  const ofCase = (code: string): string => `${root.value}/cases/${encodeURIComponent(code)}`;

  function openCase(of: Case): void {
    filed.value = of;
    go({ kind: "case", code: of.code });
  }

  // A list does not say why somebody was called; the window where they are does.
  async function withWhy(ticket: Ticket): Promise<Ticket> {
    if (ticket.window === null || (ticket.state !== "called" && ticket.state !== "serving")) return ticket;
    const view = await api.get<WindowView>(`${root.value}/windows/${ticket.window}`).catch(() => null);
    return view?.ticket?.id === ticket.id ? view.ticket : ticket;
  }

  async function onTicket(act: TicketAct | "void", body: object = {}): Promise<boolean> {
    const ticket = shown.value;
    if (ticket === null) return false;
    const closed = act === "void" ? whyNot("grade", ticket) : whyNot(act, ticket);
    if (closed !== null) return (tell({ word: closed }), false);
    const changed = await send<Ticket>(act, `${root.value}/tickets/${ticket.id}/${act}`, body);
    if (changed !== null) shown.value = await withWhy(changed);
    return after(changed, `said.${act}`, { number: ticket.number });
  }

  async function onCase(act: CaseAct, body: object, facts: Saying["facts"] = {}): Promise<boolean> {
    const of = filed.value;
    if (of === null) return false;
    const done = after(await send(act, `${ofCase(of.code)}/${act}`, body), `said.case-${act}`, { code: of.code, ...facts });
    if (done) await lookAtCases();
    return done;
  }

  /** Fetches the cases that are in trouble, and the one that is open here; what cannot be fetched now stays as it was, and is asked for again. */
  async function lookAtCases(): Promise<void> {
    const found = await api.get<CaseList>(`${root.value}/cases?troubles=yes`).catch(() => null);
    if (found !== null) cases.value = found.items;
    if (place.value.kind !== "case") return;
    const of = await api.get<Case>(ofCase(place.value.code)).catch(() => null);
    if (of !== null && of.code === filed.value?.code) filed.value = of;
  }

  /** Fetches how the kiosks' printers stand; as with the cases, what cannot be fetched now is asked for again. */
  async function lookAtPrinters(): Promise<void> {
    const found = await api.get<PrinterList>(`${root.value}/printers`).catch(() => null);
    if (found !== null) printers.value = found.items;
  }

  function after(answer: unknown, word: string, facts: Saying["facts"]): boolean {
    if (answer === null) return false;
    message.value = { tone: "done", saying: { word, facts: facts ?? {} }, text: "" };
    void hall.look();
    return true;
  }

  const tell = (saying: Saying): void => void (message.value = { tone: "attention", saying, text: "" });

  return { place, shown, cases, filed, printers, message, busy, root, begin, go, atWindow, suspend, resume, moveWaiting, withHall, find, onTicket, openCase, onCase, lookAtCases, lookAtPrinters, tell, failed };
});
