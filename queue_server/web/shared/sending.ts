// One wish at a time to the server: a double press is one, an answer that never came is asked for under the same key, and a refusal is a sentence.

import { ref, type ShallowRef } from "vue";
import type { Api } from "./api";
import { Wishes } from "./wishes";
import { Problem } from "./wire";
import type { Saying } from "./words";

/** What a page says of the last wish: one of its own sentences, or the server's. */
export type Message = { readonly tone: "done" | "attention" | "stop"; readonly saying: Saying | null; readonly text: string };

export const QUIET: Message = { tone: "done", saying: null, text: "" };

/** The page's way to the server: `up` says whether the link is there, `verify` finds out who is signed in, `after` follows a refusal. */
export interface Way {
  readonly api: Api;
  readonly message: ShallowRef<Message>;
  readonly up: () => boolean;
  readonly verify: () => unknown;
  readonly after?: () => unknown;
}

export function newSending({ api, message, up, verify, after }: Way) {
  const busy = ref<string | null>(null);
  const wishes = new Wishes();

  function send<T>(name: string, path: string, body: object): Promise<T | null> {
    if (wishes.double(`${path} ${JSON.stringify(body)}`, performance.now())) return Promise.resolve(null);
    return guarded(name, () => api.post<T>(path, body, { key: wishes.key(path, body) }));
  }

  async function guarded<T>(name: string, ask: () => Promise<T | null>): Promise<T | null> {
    if (!up() || busy.value !== null) return null;
    busy.value = name;
    try {
      const answer = await ask();
      wishes.answered();
      return answer;
    } catch (error) {
      failed(error instanceof Problem ? error : new Problem("unreadable"));
      return null;
    } finally {
      busy.value = null;
    }
  }

  function failed(problem: Problem): void {
    if (problem.status === 401) return void verify();
    if (!problem.passing) wishes.answered();
    const tone = problem.passing ? "stop" : "attention";
    message.value = problem.detail !== "" ? { tone, saying: null, text: problem.detail } : { tone, saying: { word: `problem.${problem.code}` }, text: "" };
    after?.();
  }

  return { busy, send, guarded, failed };
}
