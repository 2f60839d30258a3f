// An item's name on its tab, and which papers stand on one page. Pure.

import { nameIn } from "../../queue_server/web/shared/language";
import type { BusinessFacts, ItemFacts } from "../../queue_server/web/shared/wire";

export const papersAPage = (large: boolean): number => (large ? 3 : 6);
/** In 大字 across there is room for one row of tabs. */
export const tabsAPage = (large: boolean, across: boolean): number => (large && across ? 3 : 6);

/** What tells an item from its neighbours: its name without the business's own in front ("计量认证（新办）" is "新办"). */
export function tabName(item: ItemFacts, business: BusinessFacts, language: string): string {
  const name = nameIn(item.names, language);
  const own = nameIn(business.names, language);
  if (!name.startsWith(own)) return name;
  const rest = name.slice(own.length).replace(/^[\s（(,，:：·-]+|[\s）)]+$/gu, "");
  if (!rest) return name;
  return rest[0]!.toUpperCase() + rest.slice(1);
}
