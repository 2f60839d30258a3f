// The two charts as ECharts options: pure functions of the result and of words already in the reader's language.

import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn } from "echarts";
import type { Charted } from "./echarts";
import type { Estimate, Level, Result } from "./result";
import { fine, minutes, percent } from "./sentence";

// The tokens of the look; a canvas cannot read CSS variables.
const INK = "#10242B", INK_2 = "#35494F", EDGE = "#6A7F85", DOOR = "#0B4F5C", TINT = "#DCECED", NEED = "#CFDADB", GRID = "#E2E9E9";
const HAN = '"Noto Sans SC","Noto Sans TC","Noto Sans CJK SC",sans-serif';
const NUM = `"B612",${HAN}`;
/** Waits beyond so many targets are drawn at the edge with their figure, so that the rest stays readable. */
const MOST_TARGETS = 4;

const label = { fontFamily: NUM, fontSize: 14, color: INK_2 };
const name = { fontFamily: HAN, fontSize: 14, color: INK_2 };

export interface ArrivalWords {
  visitors: string;
}

export function arrivalsChart(result: Result, words: ArrivalWords): Charted {
  const hours = result.arrivals.map((q) => q.quarter);
  return {
    animation: false,
    textStyle: { fontFamily: HAN },
    grid: { left: 48, right: 16, top: 36, bottom: 34 },
    xAxis: {
      type: "category",
      data: hours,
      axisTick: { alignWithLabel: false, lineStyle: { color: EDGE }, interval: (_: number, value: string) => value.endsWith(":00") },
      axisLine: { lineStyle: { color: EDGE } },
      axisLabel: { ...label, interval: (_: number, value: string) => value.endsWith(":00") },
    },
    yAxis: { type: "value", min: 0, name: words.visitors, nameTextStyle: { ...name, align: "left", padding: [0, 0, 0, -40] }, axisLabel: label, splitLine: { lineStyle: { color: GRID } } },
    series: [
      { type: "bar", data: result.arrivals.map((q) => q.mean), barCategoryGap: "12%", itemStyle: { color: NEED, borderColor: EDGE, borderWidth: 1 } },
      { type: "custom", data: result.arrivals.map((q, i) => [i, q.low, q.high]), encode: { x: 0, y: [1, 2] }, z: 3, renderItem: (_, api) => whisker(api, INK, 4) },
    ],
  };
}

export interface WaitWords {
  minutes: string;
  windows: string;
  target: string;
}

export function waitsChart(result: Result, words: WaitWords): Charted {
  const target = minutes(result.target_s);
  const highest = Math.max(...result.levels.map((l) => (l.wait_all_p90_s.mean + l.wait_all_p90_s.half_width) / 60), target * 1.5);
  const top = Math.ceil(Math.min(highest * 1.1, target * MOST_TARGETS) / 10) * 10;
  const nine = result.levels.map((l) => l.wait_all_p90_s.mean / 60);
  const mean = result.levels.map((l) => l.wait_all_mean_s.mean / 60);
  const chosen = String(result.recommended);
  // Figures stand beside the whiskers: above right on the upper line, below left on the lower one; beyond the frame there are no whiskers.
  const marked = (value: number, colour: string, upper: boolean) => ({
    value: Math.min(value, top),
    symbol: value > top ? "triangle" : "circle",
    label: {
      show: true,
      ...beside(value, top, upper),
      distance: 8,
      formatter: fine(value * 60),
      fontFamily: NUM,
      fontWeight: "bold" as const,
      fontSize: 15,
      color: colour,
    },
  });
  return {
    animation: false,
    textStyle: { fontFamily: HAN },
    grid: { left: 48, right: 120, top: 44, bottom: 64 },
    xAxis: {
      type: "category",
      data: result.levels.map((l) => String(l.windows)),
      name: words.windows,
      nameLocation: "middle",
      nameGap: 44,
      nameTextStyle: name,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: EDGE } },
      axisLabel: {
        formatter: (value: string) => `${value === chosen ? `{chosen|✓ ${value}}` : `{windows|${value}}`}\n{share|${percent(result.levels.find((l) => String(l.windows) === value)?.called_in_time.mean ?? 0)}%}`,
        rich: { windows: { ...label, fontSize: 17, fontWeight: "bold", color: INK, lineHeight: 22 }, chosen: { ...label, fontSize: 17, fontWeight: "bold", color: DOOR, backgroundColor: TINT, padding: [3, 8], lineHeight: 22 }, share: { ...label, lineHeight: 18 } },
      },
    },
    yAxis: { type: "value", min: 0, max: top, name: words.minutes, nameTextStyle: { ...name, align: "left", padding: [0, 0, 8, -40] }, axisLabel: label, splitLine: { lineStyle: { color: GRID } } },
    series: [
      {
        type: "line",
        data: nine.map((value) => marked(value, INK, true)),
        symbolSize: 10,
        lineStyle: { color: INK, width: 3.5 },
        itemStyle: { color: INK },
        z: 4,
        markLine: {
          symbol: "none",
          silent: true,
          data: [{ yAxis: target }],
          lineStyle: { color: INK, type: [2, 5], width: 1.5 },
          label: { formatter: words.target, position: "end", fontFamily: HAN, fontWeight: "bold", fontSize: 14, color: INK },
        },
      },
      { type: "line", data: mean.map((value) => marked(value, DOOR, false)), symbolSize: 9, lineStyle: { color: DOOR, width: 3, type: [9, 5] }, itemStyle: { color: DOOR }, z: 4 },
      { type: "custom", data: intervals(result, (l) => l.wait_all_p90_s, top), encode: { x: 0, y: [1, 2] }, z: 5, renderItem: (_, api) => whisker(api, INK, 8) },
      { type: "custom", data: intervals(result, (l) => l.wait_all_mean_s, top), encode: { x: 0, y: [1, 2] }, z: 5, renderItem: (_, api) => whisker(api, DOOR, 8) },
    ],
  };
}

/** Where a figure stands: near the axis above its point, for below there is no room. */
function beside(value: number, top: number, upper: boolean): { position: "top" | "bottom" | "left" | "right"; offset: [number, number] } {
  if (value > top) return { position: upper ? "top" : "bottom", offset: [0, 0] };
  if (upper) return { position: "right", offset: [4, -9] };
  return value < top / 10 ? { position: "top", offset: [0, 2] } : { position: "left", offset: [-4, 9] };
}

function intervals(result: Result, of: (level: Level) => Estimate, top: number): number[][] {
  const inside = result.levels.map((level, index) => ({ index, found: of(level) })).filter(({ found }) => found.mean / 60 <= top);
  return inside.map(({ index, found }) => [index, Math.max(0, (found.mean - found.half_width) / 60), Math.min((found.mean + found.half_width) / 60, top)]);
}

function whisker(api: CustomSeriesRenderItemAPI, colour: string, half: number): CustomSeriesRenderItemReturn {
  const low = api.coord([api.value(0), api.value(1)]) as number[];
  const high = api.coord([api.value(0), api.value(2)]) as number[];
  const [x, from, to] = [low[0]!, low[1]!, high[1]!];
  const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: "line" as const, shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 1.5 } });
  return { type: "group", children: [line(x, from, x, to), line(x - half, from, x + half, from), line(x - half, to, x + half, to)] };
}
