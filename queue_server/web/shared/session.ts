// The session of a staff page: who is signed in, at which hall, and why the sign-in page is shown.

import { computed, ref, shallowRef } from "vue";
import type { Api } from "./api";
import { Problem, type HallFacts, type Session, type SessionUser } from "./wire";
import type { Saying } from "./words";

export interface SessionOptions {
  /** The hall of somebody whose account names none. */
  readonly hall?: string | undefined;
  /** The one role the page is for; left out, everybody who is signed in may use it. */
  readonly role?: SessionUser["role"];
}

export type Place = "loading" | "sign-in" | "page";

const NOBODY: Session = { user: null };
const AGAIN_MS = 2_000;

/** What a page keeps as its `session` store. */
export function newSession(api: Api, { hall: usual = "main", role }: SessionOptions = {}) {
  const account = shallowRef<Session>(NOBODY);
  const hall = shallowRef<HallFacts | null>(null);
  /** Why the page is not where its reader expects it. */
  const notice = shallowRef<Saying | null>(null);
  const loading = ref(true);
  const user = computed(() => account.value.user);
  const place = computed<Place>(() => (loading.value ? "loading" : user.value === null || hall.value === null || (role ?? user.value.role) !== user.value.role ? "sign-in" : "page"));

  async function take(found: Session): Promise<void> {
    if (found.user !== null) hall.value = await api.hall(found.hall ?? usual);
    account.value = found;
    const other = found.user !== null && role !== undefined && found.user.role !== role;
    notice.value = other ? { word: "notice.other-role", facts: { name: found.user?.display_name ?? "" } } : null;
  }

  /** Finds out who is signed in; keeps trying while the server is not there. */
  async function load(): Promise<void> {
    for (;;) {
      try {
        await take(await api.session());
        break;
      } catch (error) {
        if (!(error instanceof Problem) || !error.passing) break;
        notice.value = { word: "notice.no-server" };
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
    loading.value = false;
  }

  async function signIn(name: string, password: string): Promise<void> {
    await take(await api.signIn(name, password));
  }

  async function signOut(): Promise<void> {
    await api.signOut();
    account.value = NOBODY;
    notice.value = { word: "notice.signed-out" };
  }

  /** Somebody told us that we are not signed in: asks, and when it is so goes back to the sign-in page, saying why. */
  async function verify(): Promise<void> {
    const found = await api.session().catch(() => null);
    if (found === null || found.user !== null || user.value === null) return;
    account.value = NOBODY;
    notice.value = { word: "notice.expired" };
  }

  return { account, user, hall, notice, place, load, signIn, signOut, verify };
}
