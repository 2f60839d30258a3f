// The hall as it stands for the guide: what every staff page sees of it, and how many wait.

import { computed } from "vue";
import { defineStore } from "pinia";
import { newHall } from "../shared/hall";
import { api, useSession } from "./session";

export const useHall = defineStore("hall", () => {
  const session = useSession();
  const hall = newHall(api, () => session.hall?.hall ?? "main", () => void session.verify());
  const waiting = computed(() => hall.board.value?.waiting.reduce((sum, each) => sum + each.waiting, 0) ?? 0);
  const ahead = (business: string | null): number | null => hall.board.value?.waiting.find((each) => each.business === business)?.ahead ?? null;
  return { ...hall, waiting, ahead };
});
