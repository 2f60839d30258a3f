// A refusal or failure as the pages handle it: a stable code, a sentence for the person, and the facts behind it.

import type { ProblemDocument } from "./wire";

/**
 * Codes made here, when no problem document came: `unreachable` (no connection, or a proxy without a server behind it),
 * `no-answer` (the time ran out, so the act may or may not have happened) and `unreadable` (an answer that is not ours).
 */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: string, status = 0, detail = "", facts: Readonly<Record<string, unknown>> = {}) {
    super(detail === "" ? code : `${code}: ${detail}`);
    this.name = "Problem";
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.facts = facts;
  }

  /** Makes the error from what the server answered; anything that is not a problem document becomes `unreachable` or `unreadable`. */
  static from(body: unknown, status: number): Problem {
    if (!isDocument(body)) return new Problem([502, 503, 504].includes(status) ? "unreachable" : "unreadable", status);
    const { type: _type, title: _title, status: _status, detail, code, ...facts } = body;
    return new Problem(code, status, detail, facts);
  }

  /** True when trying again later may help and nothing is known to have been refused. */
  get passing(): boolean {
    return this.code === "unreachable" || this.code === "no-answer" || this.status === 429 || this.status >= 500;
  }
}

function isDocument(body: unknown): body is ProblemDocument {
  return typeof body === "object" && body !== null && typeof (body as { code?: unknown }).code === "string";
}
