// What the floor makes of what kiosks say of their printers.
import { expect, test } from "vitest";
import words from "./languages/zh-Hans.json";
import type { Printer, PrinterSlip } from "../shared/wire";
import { inTrouble, withoutSlip } from "./printers";

const slip = (number: string, state: PrinterSlip["state"], at: number): PrinterSlip => ({ number, state, reason: null, at });
const printer = (kiosk: string, trouble: string | null, ...slips: PrinterSlip[]): Printer => ({ kiosk, trouble, since: 0, slips });

test("a printer in order is not told of", () => {
  const [one, other] = [printer("1", null), printer("2", "printer-paper-out")];
  expect(inTrouble([one, other])).toEqual([other]);
});

test("whoever got a slip at last, at whichever kiosk, has one", () => {
  const first = printer("1", null, slip("A001", "failed", 1), slip("A002", "failed", 2), slip("A003", "failed", 3), slip("A004", "sent", 4));
  const second = printer("2", null, slip("A002", "reprinted", 5), slip("A004", "failed", 6));
  expect(withoutSlip([first, second])).toEqual([{ kiosk: "2", number: "A004" }, { kiosk: "1", number: "A003" }, { kiosk: "1", number: "A001" }]);
});

const CODES = ["paper-low", "slow", "mute", "paper-out", "cover-open", "cutter", "error", "broken", "offline", "refused", "unreachable", "timeout", "broke-off", "missing", "denied"];

test.each([...CODES.map((code) => `printer-${code}`), "kiosk-silent"])("%s has a sentence", (code) => expect(words.printer).toHaveProperty(code));
