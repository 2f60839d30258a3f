// The planner page's pure parts: sentences, tables, CSV, charts, orders, words.

import { expect, test } from "vitest";
import { arrivalsChart, waitsChart } from "./charts";
import en from "./languages/en.json";
import hans from "./languages/zh-Hans.json";
import hant from "./languages/zh-Hant.json";
import { aLevel, aResult } from "./result.samples";
import { fields, type Order } from "./runs";
import { check, cost, fine, oneFewer, quoted, trust, verdict } from "./sentence";
import { csv } from "../../queue_server/web/shared/csv";
import { arrivalsTable, waitsTable } from "./tables";

type Tree = { [key: string]: string | Tree };
const leaves = (tree: Tree, before = ""): [string, string][] => Object.entries(tree).flatMap(([key, value]) => (typeof value === "string" ? [[before + key, value] as [string, string]] : leaves(value, `${before}${key}.`)));

test("the three languages have the same words with the same figures", () => {
  const figures = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(" ");
  const shape = (tree: Tree, withFigures: boolean) => leaves(tree).map(([key, text]) => (withFigures ? `${key} ${figures(text)}` : key));
  expect(shape(hant, true)).toEqual(shape(hans, true));
  expect(shape(en, false)).toEqual(shape(hans, false));
  expect(leaves(hans).filter(([key, text]) => text === "" && key !== "pause")).toEqual([]);
});

test("the verdict names the fewest windows that meet the target, or says that none does", () => {
  expect(verdict(aResult())).toEqual({ word: "say.enough", facts: { n: 6, target: 20 }, count: 6 });
  expect(verdict(aResult({ recommended: null }))).toMatchObject({ word: "say.none", facts: { n: 6, percent: "95" } });
});

test("the cost stands beside what was recorded", () => {
  expect(cost(aResult())).toMatchObject({ word: "say.cost-more", facts: { hours: "16.0", total: "48.0", recorded: "4.0" } });
  expect(cost(aResult({ windows: 6.2 }))?.word).toBe("say.cost-same");
  expect(cost(aResult({ windows: 8 }))).toMatchObject({ word: "say.cost-less", facts: { hours: "16.0" } });
  expect(cost(aResult({ windows: null }))).toBeNull();
});

test("one window fewer shows why it is not enough, or was not tried", () => {
  expect(oneFewer(aResult())).toMatchObject({ word: "say.fewer", facts: { n: 5, percent: "84", minutes: "27" } });
  expect(oneFewer(aResult({ recommended: 4 }))?.word).toBe("say.fewer-untried");
  expect(oneFewer(aResult({ recommended: null }))).toBeNull();
});

test("confidence follows how well the same method met the recorded days", () => {
  expect(check(aResult())).toMatchObject({ word: "say.check-low", facts: { simulated: "18", recorded: "20", error: "2.0" } });
  expect(trust(aResult())).toBe("high");
  const recorded = { n: 1, wait_all_mean_s: 1400 };
  expect(trust(aResult({ recorded }))).toBe("medium");
  expect(trust(aResult({ recorded: { ...recorded, wait_all_mean_s: 3000 } }))).toBe("low");
  expect(trust(aResult({ again: null }))).toBe("unchecked");
});

test("the quoted level is the recommended one, else the largest tried", () => {
  expect(quoted(aResult({ recommended: 5 })).windows).toBe(5);
  expect(quoted(aResult({ recommended: null })).windows).toBe(6);
});

test("tables hold the charts' figures", () => {
  expect(arrivalsTable(aResult()).rows).toEqual([["08:00", "2.5", "1", "4", "3.0"]]);
  expect(waitsTable(aResult()).rows[2]).toEqual(["6", "48.00", "6.7 ± 0.50", "13 ± 1.0", "95% ± 1", "1.2%", "0.0%", "67%"]);
  expect(waitsTable(aResult()).heads.every((head) => leaves(hans).some(([key]) => key === head))).toBe(true);
});

test("CSV quotes what must be quoted and never becomes a formula", () => {
  expect(csv(["a,b", 'say "hi"'], [["=1+1", "-3"], ["-x", "ok"]])).toBe('\uFEFF"a,b","say ""hi"""\r\n\'=1+1,-3\r\n\'-x,ok\r\n');
});

test("the waits chart keeps far-off waits at its edge with their figure", () => {
  const result = aResult({ levels: [aLevel(1, 0, 36_000), ...aResult().levels] });
  const option = waitsChart(result, { minutes: "min", windows: "w", target: "t" });
  const [nine] = option.series as { data: { value: number; symbol: string; label: { formatter: string } }[] }[];
  expect((option.yAxis as { max: number }).max).toBe(80);
  expect(nine!.data[0]).toMatchObject({ value: 80, symbol: "triangle", label: { formatter: "600" } });
  expect(nine!.data[3]).toMatchObject({ symbol: "circle", label: { formatter: "13" } });
});

test("the arrivals chart starts at zero and draws every quarter hour", () => {
  const option = arrivalsChart(aResult(), { visitors: "v" });
  expect((option.yAxis as { min: number }).min).toBe(0);
  expect((option.series as { data: unknown[] }[])[0]!.data).toEqual([2.5]);
});

test("an order names only what was chosen", () => {
  const order: Order = { source: "sample", file: null, hall: "main", timeZone: "Asia/Shanghai", levels: [], targetMinutes: 20, share: 0.9, office: "", queue: "A" };
  expect(fields(order)).toEqual({ source: "sample", target_minutes: 20, share: 0.9, queue: "A" });
  expect(fields({ ...order, source: "journal", levels: [3, 4], queue: "" })).toEqual({ source: "journal", target_minutes: 20, share: 0.9, levels: [3, 4], hall: "main", time_zone: "Asia/Shanghai" });
});

test("small times keep a digit, large ones do not pretend to", () => {
  expect([fine(24), fine(593), fine(900)]).toEqual(["0.40", "9.9", "15"]);
});
