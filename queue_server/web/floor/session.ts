// The session: which manager is signed in, and the hall as it stands.

import { defineStore } from "pinia";
import { ref } from "vue";
import { Api } from "../shared/api";
import { newHall } from "../shared/hall";
import { newSession } from "../shared/session";
import { facts, language } from "./words";

export const api = new Api({ language, timeoutMs: 5_000 });

export const useSession = defineStore("session", () => newSession(api, { hall: facts.hall, role: "manager" }));

export const useHall = defineStore("hall", () => {
  const session = useSession();
  /** Counts how often the server said that a printer stands otherwise. */
  const printersTold = ref(0);
  const hall = newHall(api, () => session.hall?.hall ?? "main", () => void session.verify(), { printers: () => void printersTold.value++ });
  return { ...hall, printersTold };
});
