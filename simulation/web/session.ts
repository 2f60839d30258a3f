// Who is signed in, and at which hall: the planner is for managers.

import { defineStore } from "pinia";
import { Api } from "../../queue_server/web/shared/api";
import { newSession } from "../../queue_server/web/shared/session";
import { facts, language } from "./words";

const api = new Api({ language });

export const useSession = defineStore("session", () => newSession(api, { ...facts, role: "manager" }));
