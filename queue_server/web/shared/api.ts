// Typed calls to the server's HTTP API: who is asking, in which language, with which key; refusals become `Problem`.

import { newKey } from "./keys";
import { Problem } from "./problem";
import type { Act, Before, Board, ByHandBody, ByHandReply, CallList, HallFacts, LastDays, OwnTicket, PapersSlip, Passing, Seated, Session, Ticket, TicketPage, WindowView } from "./wire";

export { newKey } from "./keys";
export { Problem } from "./problem";

export interface Caller {
  /** A bearer token; without one the session cookie and its CSRF token are used. */
  readonly token?: string | undefined;
  /** The language refusals are told in. */
  readonly language?: () => string;
  /** Where the server is; empty means the page's own origin. */
  readonly origin?: string;
  readonly timeoutMs?: number;
}

export interface Wish {
  business: string;
  priority?: string[];
  language?: string;
}

export interface Asking {
  /** Give the same key again to repeat a wish safely; left out, the wish is new. */
  key?: string;
}

export class Api {
  private csrf: string | null = null;

  constructor(private readonly caller: Caller = {}) {}

  hall = (hall: string): Promise<HallFacts> => this.get(`/halls/${part(hall)}`);
  board = (hall: string): Promise<Board> => this.get(`/halls/${part(hall)}/board`);
  ticket = (token: string): Promise<OwnTicket> => this.get(`/tickets/${part(token)}`);
  passing = (token: string): Promise<Passing> => this.get(`/tickets/${part(token)}/passing`);
  before = (token: string, number: string): Promise<Before> => this.get(`/tickets/${part(token)}/before?number=${part(number)}`);
  window = (hall: string, window: number): Promise<WindowView> => this.get(`/halls/${part(hall)}/windows/${window}`);

  tickets(hall: string, query: { state?: string; number?: string; limit?: number; after?: string } = {}): Promise<TicketPage> {
    const asked = Object.entries(query).map(([name, value]) => `${name}=${part(String(value))}`).join("&");
    return this.get(`/halls/${part(hall)}/tickets${asked ? `?${asked}` : ""}`);
  }

  take = (hall: string, wish: Wish, asking?: Asking): Promise<Ticket> => this.post(`/halls/${part(hall)}/tickets`, wish, asking) as Promise<Ticket>;

  void = (hall: string, id: string, reason: string, asking?: Asking): Promise<Ticket> =>
    this.post(`/halls/${part(hall)}/tickets/${part(id)}/void`, { reason }, asking) as Promise<Ticket>;

  /** An act at a window; null when nobody waits. */
  act = (hall: string, window: number, act: Act, body: object = {}, asking?: Asking): Promise<Ticket | Seated | null> =>
    this.post(`/halls/${part(hall)}/windows/${window}/${act}`, body, asking);

  /** What the slip of a case says, and the days that papers and promises told today are due. */
  slip = (hall: string, code: string): Promise<PapersSlip> => this.get(`/halls/${part(hall)}/cases/${part(code)}/slip`);
  lastDays = (hall: string, business: string, item: string): Promise<LastDays> => this.get(`/halls/${part(hall)}/last-days?business=${part(business)}&item=${part(item)}`);

  callList = (hall: string, window: number): Promise<CallList> => this.get(`/halls/${part(hall)}/windows/${window}/call-list`);

  /** Enters what a window did by hand while it had no link; the key keeps a list that is sent again from counting twice. */
  byHand = (hall: string, window: number, body: ByHandBody, asking: Required<Asking>): Promise<ByHandReply> =>
    this.post<ByHandReply>(`/halls/${part(hall)}/windows/${window}/by-hand`, body, asking) as Promise<ByHandReply>;

  async session(): Promise<Session> {
    return this.keep(await this.get<Session>("/session"));
  }

  async signIn(name: string, password: string): Promise<Session> {
    return this.keep((await this.post<Session>("/session", { name, password })) as Session);
  }

  async signOut(): Promise<void> {
    await this.post("/session/end", {});
    this.csrf = null;
  }

  get<T>(path: string): Promise<T> {
    return this.ask("GET", path, {}) as Promise<T>;
  }

  /** Posts a wish with its key; null stands for an answer without content. */
  async post<T>(path: string, body: object, asking: Asking = {}): Promise<T | null> {
    const headers: Record<string, string> = { "Content-Type": "application/json", "Idempotency-Key": asking.key ?? newKey() };
    if (this.caller.token === undefined) {
      const csrf = this.csrf ?? (await this.session()).csrf;
      if (csrf) headers["X-CSRF-Token"] = csrf;
    }
    return this.ask("POST", path, headers, JSON.stringify(body)) as Promise<T | null>;
  }

  private keep(session: Session): Session {
    this.csrf = session.csrf ?? null;
    return session;
  }

  private async ask(method: string, path: string, headers: Record<string, string>, body?: string): Promise<unknown> {
    if (this.caller.token !== undefined) headers.Authorization = `Bearer ${this.caller.token}`;
    if (this.caller.language) headers["Accept-Language"] = this.caller.language();
    const signal = AbortSignal.timeout(this.caller.timeoutMs ?? 10_000);
    let answer: Response;
    try {
      // `no-cache` revalidates with the ETag, so an unchanged board costs a 304 and never shows an old one.
      answer = await fetch(`${this.caller.origin ?? ""}/api/v1${path}`, { method, headers, signal, cache: "no-cache", credentials: "same-origin", ...(body === undefined ? {} : { body }) });
    } catch {
      throw new Problem(signal.aborted ? "no-answer" : "unreachable");
    }
    if (answer.status === 204) return null;
    const read: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) throw Problem.from(read, answer.status);
    if (read === undefined) throw new Problem("unreadable", answer.status);
    return read;
  }
}

const part = encodeURIComponent;
