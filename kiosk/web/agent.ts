// What the page asks the agent beside it: the hall's state, a press, its slip.

import { Problem } from "../../queue_server/web/shared/problem";
import type { BoardWaiting, HallFacts, Names } from "../../queue_server/web/shared/wire";

export interface KioskState {
  server: "starting" | "ok" | "lost" | "refused";
  hall: HallFacts | null;
  /** By business code. */
  waiting: Record<string, BoardWaiting>;
  /** Why a suspended business is suspended, by its code. */
  notices: Record<string, Names>;
  evacuated: boolean;
  /** Whether this machine can read aloud. */
  voice: boolean;
  /** The hall's time, ms UTC. */
  now: number | null;
}

export interface SlipState {
  state: "waiting" | "printing" | "printed" | "reprinted" | "sent" | "shown" | "failed";
  reason: string | null;
  copies_left: number;
  /** Grows with every slip that has a picture; null when slips go to paper. */
  picture: number | null;
}

/** A checklist on its way to the printer; its picture is there when slips are shown. */
export interface List {
  state: SlipState["state"];
  reason: string | null;
  picture: boolean;
}

export interface Visit {
  ticket: { number: string; business: string; later: string[]; ahead: number | null; issued_at: number };
  zone: Names | null;
  /** The modules of the QR code, row by row ("1" is dark); null when the hall has no public address. */
  qr: string[] | null;
  slip: SlipState;
}

/** A number of a business, with others after it on the same visit; or for what was booked or begun before, by its code. */
export type Wish =
  | { business: string; language: string; priority: string[]; item: string | null; later: string[] }
  | { code: string; language: string };

const list = (id: string, rest = "") => `/kiosk/lists/${id}${rest}`;
const press = (id: string, rest = "") => `/kiosk/presses/${id}${rest}`;

export const agent = {
  state: () => ask<KioskState>("GET", "/kiosk/state", 3_000),
  /** Takes a number; the agent tries for several seconds by itself before it says `no-server`. */
  take: (id: string, wish: Wish) => ask<Visit>("PUT", press(id), 25_000, wish),
  look: (id: string) => ask<Visit>("GET", press(id), 3_000),
  copy: (id: string) => ask<Visit>("POST", press(id, "/copy"), 3_000, {}),
  done: (id: string) => ask<null>("DELETE", press(id), 3_000),
  picture: (id: string, nr: number) => press(id, `/slip.png?nr=${nr}`),
  print: (id: string, wish: { business: string; item: string; language: string }) => ask<List>("PUT", list(id), 3_000, wish),
  lookAtList: (id: string) => ask<List>("GET", list(id), 3_000),
  forgetList: (id: string) => ask<null>("DELETE", list(id), 3_000),
  listPicture: (id: string) => list(id, "/list.png"),
};

async function ask<T>(method: string, path: string, timeoutMs: number, body?: object): Promise<T> {
  const headers: Record<string, string> = body ? { "Content-Type": "application/json" } : {};
  let answer: Response;
  try {
    answer = await fetch(path, { method, headers, signal: AbortSignal.timeout(timeoutMs), body: body ? JSON.stringify(body) : null });
  } catch {
    throw new Problem("unreachable");
  }
  if (answer.status === 204) return null as T;
  const read: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw Problem.from(read, answer.status);
  return read as T;
}
