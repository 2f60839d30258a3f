// The session: who is signed in, and at which hall.

import { defineStore } from "pinia";
import { Api } from "../shared/api";
import { newSession } from "../shared/session";
import { facts, language } from "./words";

export const api = new Api({ language, timeoutMs: 5_000 });

export const useSession = defineStore("session", () => newSession(api, facts));
