// Runs over HTTP: start, ask, cancel. The session cookie says who asks, its CSRF token that it is our page.

import { newKey } from "../../queue_server/web/shared/keys";
import { Problem } from "../../queue_server/web/shared/problem";
import type { Run } from "./result";

export type Source = "sample" | "journal" | "file";

export interface Order {
  source: Source;
  file: File | null;
  hall: string;
  timeZone: string;
  levels: number[];
  targetMinutes: number;
  share: number;
  office: string;
  queue: string;
}

export interface Asker {
  csrf: () => string;
  language: () => string;
}

// A file of 20 MB may come over a slow line.
const UPLOAD_MS = 120_000;
const ASK_MS = 10_000;

export class Runs {
  constructor(private readonly asker: Asker) {}

  start(order: Order): Promise<Run> {
    const { headers, body } = order.source === "file" ? { headers: {}, body: form(order) } : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields(order)) };
    return this.ask("POST", "", headers, body, UPLOAD_MS);
  }

  read = (id: string): Promise<Run> => this.ask("GET", `/${encodeURIComponent(id)}`);
  cancel = (id: string): Promise<Run> => this.ask("POST", `/${encodeURIComponent(id)}/cancel`);

  private async ask(method: string, path: string, extra: Record<string, string> = {}, body?: BodyInit, timeoutMs = ASK_MS): Promise<Run> {
    const headers: Record<string, string> = { ...extra, "Accept-Language": this.asker.language() };
    if (method === "POST") Object.assign(headers, { "X-CSRF-Token": this.asker.csrf(), "Idempotency-Key": newKey() });
    const signal = AbortSignal.timeout(timeoutMs);
    let answer: Response;
    try {
      answer = await fetch(`/api/planner/runs${path}`, { method, headers, signal, cache: "no-store", credentials: "same-origin", ...(body === undefined ? {} : { body }) });
    } catch {
      throw new Problem(signal.aborted ? "no-answer" : "unreachable");
    }
    const said: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) throw titled(Problem.from(said, answer.status), said);
    if (said === undefined) throw new Problem("unreadable", answer.status);
    return said as Run;
  }
}

/** The shared problem keeps the sentence; this page shows its title too. */
function titled(problem: Problem, said: unknown): Problem {
  const title = (said as { title?: unknown } | undefined)?.title;
  return new Problem(problem.code, problem.status, problem.detail, { ...problem.facts, ...(typeof title === "string" ? { title } : {}) });
}

/** The fields of an order as the server names them; what is left open is left out. */
export function fields(order: Order): Record<string, unknown> {
  const said: Record<string, unknown> = { source: order.source, target_minutes: order.targetMinutes, share: order.share };
  if (order.levels.length) said.levels = order.levels;
  if (order.source === "journal") Object.assign(said, { hall: order.hall });
  if (order.source !== "sample" && order.timeZone) said.time_zone = order.timeZone;
  if (order.office) said.office = order.office;
  if (order.queue) said.queue = order.queue;
  return said;
}

function form(order: Order): FormData {
  const filled = new FormData();
  for (const [name, value] of Object.entries(fields(order))) filled.append(name, String(value));
  if (order.file) filled.append("file", order.file);
  return filled;
}
