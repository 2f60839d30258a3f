// The live link: joins a hall over Socket.IO, hands on newer boards, says when it has gone stale, and acts with a kept key.

import { io, type Socket } from "socket.io-client";
import { newer } from "./board";
import { newKey } from "./keys";
import { Problem } from "./problem";
import type { Act, Board, Heartbeat, Seated, Ticket } from "./wire";
import { Silence } from "./silence";

export interface LiveOptions {
  readonly hall: string;
  /** A bearer or display token; without one the session cookie speaks. */
  readonly token?: string | undefined;
  readonly origin?: string;
  /** Silence after which what is shown counts as old; below two heartbeats (6 s) the link also asks for life itself. */
  readonly staleAfterMs?: number;
  readonly onBoard?: (board: Board) => void;
  /** Called at every change; `since` is the server's time of its last word. */
  readonly onStale?: (stale: boolean, since: number | null) => void;
  /** The server refused this caller: the token is no longer good, or the hall is gone. The link keeps trying. */
  readonly onRefused?: (problem: Problem) => void;
  /** The hall's room was joined, for the first time or again. */
  readonly onJoined?: () => void;
  /** What else the server says to this page, by event. */
  readonly events?: Readonly<Record<string, (message: never) => void>>;
}

export interface ActOptions {
  /** Give the key of an act that got no answer to repeat it safely. */
  key?: string;
  timeoutMs?: number;
}

const REJOIN_MS = 3_000;
const JOIN_TIMEOUT_MS = 4_000;
const GRACE_MS = 500; // a board may be on its way already when a heartbeat names its version

export class Live {
  board: Board | null = null;
  private readonly gone = new Set<string>();
  private readonly silence: Silence;
  private readonly socket: Socket;
  private readonly timers = new Set<number>();
  private asking = false;

  constructor(private readonly options: LiveOptions) {
    const afterMs = options.staleAfterMs ?? 10_000;
    this.silence = new Silence(afterMs, () => this.alive(afterMs), (stale, since) => options.onStale?.(stale, since));
    // A browser names its origin on a WebSocket handshake but not on a same-origin poll, and the server takes a session cookie only with it.
    const caller = options.token === undefined ? { transports: ["websocket"] } : { auth: { token: options.token } };
    this.socket = io(options.origin ?? "", { autoConnect: false, ...caller, reconnectionDelayMax: 3_000, timeout: 5_000 });
    this.socket.on("connect", () => void this.join());
    this.socket.on("board", (board: Board) => this.take(board));
    this.socket.on("heartbeat", (beat: Heartbeat) => this.beat(beat));
    for (const [event, heard] of Object.entries(options.events ?? {})) this.socket.on(event, heard as (message: unknown) => void);
    // Socket.IO does not come back by itself when the server closed the door or refused the handshake.
    this.socket.on("disconnect", (reason) => reason === "io server disconnect" && this.later(REJOIN_MS, () => this.socket.connect()));
    this.socket.on("connect_error", (error) => {
      if (this.socket.active) return;
      options.onRefused?.(Problem.from((error as { data?: unknown }).data, 401));
      this.later(REJOIN_MS, () => this.socket.connect());
    });
  }

  /** What is shown is old. */
  get stale(): boolean {
    return this.silence.stale;
  }

  get connected(): boolean {
    return this.socket.connected && !this.stale;
  }

  start(): this {
    this.silence.start();
    this.socket.connect();
    return this;
  }

  stop(): void {
    this.silence.stop();
    this.timers.forEach((timer) => window.clearInterval(timer));
    this.timers.clear();
    this.socket.disconnect();
  }

  /** The server's time now (milliseconds UTC), null before its first word. */
  serverTime(): number | null {
    return this.silence.serverTime();
  }

  /** Fetches the board again; answers false when it did not come. */
  async resync(): Promise<boolean> {
    return this.socket.connected && this.join();
  }

  /**
   * Acts at a window; null when nobody waits. A lost acknowledgement is asked for once more with the same key, so the act happens once.
   * Throws `Problem`; after `no-answer` its `facts.key` repeats this very act.
   */
  async act(act: Act, window: number, body: object = {}, { key = newKey(), timeoutMs = 4_000 }: ActOptions = {}): Promise<Ticket | Seated | null> {
    for (let tries = 0; tries < 2; tries++) {
      // Never leave an act waiting in the socket's own buffer: it would happen at a moment nobody expects.
      if (!this.socket.connected) throw new Problem("unreachable", 0, "", { key });
      const reply = (await this.socket.timeout(timeoutMs / 2).emitWithAck("act", { ...body, key, hall: this.options.hall, act, window }).catch(() => null)) as { status: number; body: unknown } | null;
      if (reply === null) continue;
      this.silence.heard();
      if (reply.status >= 400) throw Problem.from(reply.body, reply.status);
      return reply.status === 204 ? null : (reply.body as Ticket | Seated);
    }
    throw new Problem("no-answer", 0, "", { key });
  }

  /** Says something else to the server; null when no answer came. */
  async tell(event: string, message: object): Promise<unknown> {
    return this.socket.connected ? this.socket.timeout(JOIN_TIMEOUT_MS).emitWithAck(event, { ...message, hall: this.options.hall }).catch(() => null) : null;
  }

  private async join(): Promise<boolean> {
    if (this.asking) return false;
    this.asking = true;
    const answer = (await this.socket.timeout(JOIN_TIMEOUT_MS).emitWithAck("join", { hall: this.options.hall }).catch(() => null)) as Board | { code: string } | null;
    this.asking = false;
    if (answer !== null && "epoch" in answer) {
      this.take(answer);
      this.options.onJoined?.();
      return true;
    }
    if (answer !== null) this.options.onRefused?.(Problem.from(answer, (answer as { status?: number }).status ?? 0));
    this.later(REJOIN_MS, () => this.socket.connected && void this.join());
    return false;
  }

  private take(board: Board): void {
    this.silence.heard(board.at);
    if (!newer(this.board, board, this.gone)) return;
    if (this.board && this.board.epoch !== board.epoch) this.gone.add(this.board.epoch);
    this.board = board;
    this.options.onBoard?.(board);
  }

  private beat(beat: Heartbeat): void {
    this.silence.heard(beat.at);
    this.later(GRACE_MS, () => newer(this.board, beat, this.gone) && void this.resync());
  }

  // Heartbeats come every 3 s, too seldom for a page that must know within 2 s; a small answer over HTTP counts while the socket stands.
  private async alive(withinMs: number): Promise<boolean> {
    const answered = await fetch(`${this.options.origin ?? ""}/healthz`, { cache: "no-store", signal: AbortSignal.timeout(withinMs) }).then((answer) => answer.ok, () => false);
    return answered && this.socket.connected;
  }

  private later(ms: number, what: () => void): void {
    const timer = window.setTimeout(() => {
      this.timers.delete(timer);
      what();
    }, ms);
    this.timers.add(timer);
  }
}
