// What staff should know of the kiosks' slip printers: what is wrong with each, and whose slip was not printed. Pure.

import type { Printer } from "../shared/wire";

export interface NoSlip {
  readonly kiosk: string;
  readonly number: string;
}

/** The printers with something wrong, in the order of their kiosks. */
export function inTrouble(printers: readonly Printer[]): readonly (Printer & { readonly trouble: string })[] {
  return printers.filter((each): each is Printer & { readonly trouble: string } => each.trouble !== null);
}

/** The numbers whose last try to print a slip failed, the latest first. */
export function withoutSlip(printers: readonly Printer[]): readonly NoSlip[] {
  const last = new Map<string, NoSlip & { readonly failed: boolean; readonly at: number }>();
  const tries = printers.flatMap(({ kiosk, slips }) => slips.map((slip) => ({ kiosk, number: slip.number, failed: slip.state === "failed", at: slip.at })));
  for (const each of tries.sort((one, other) => one.at - other.at)) last.set(each.number, each);
  return [...last.values()].filter(({ failed }) => failed).sort((one, other) => other.at - one.at).map(({ kiosk, number }) => ({ kiosk, number }));
}
