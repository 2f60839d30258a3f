// Who is signed in, and at which hall: the planner is for managers.

import { ref, shallowRef } from "vue";
import { Api } from "../../queue_server/web/shared/api";
import { Problem, type HallFacts, type Session } from "../../queue_server/web/shared/wire";
import { facts, language } from "./words";

const api = new Api({ language });

export const session = shallowRef<Session | null>(null);
export const hall = shallowRef<HallFacts | null>(null);
export const unreachable = ref(false);

async function take(found: Session): Promise<void> {
  hall.value = found.user ? await api.hall(found.hall ?? facts.hall ?? "main") : null;
  session.value = found;
}

/** Finds out who is signed in; keeps trying while the server is not there. */
export async function load(): Promise<void> {
  for (;;) {
    try {
      await take(await api.session());
      unreachable.value = false;
      return;
    } catch (error) {
      if (!(error instanceof Problem) || !error.passing) throw error;
      unreachable.value = true;
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
}

export async function signIn(name: string, password: string): Promise<void> {
  await take(await api.signIn(name, password));
}

export async function signOut(): Promise<void> {
  await api.signOut();
  session.value = { user: null };
}

/** The server no longer knows us: back to the sign-in page. */
export function expired(): void {
  session.value = { user: null };
}
