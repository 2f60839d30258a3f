// ECharts with only the parts the two charts use.

import { BarChart, CustomChart, LineChart, type BarSeriesOption, type CustomSeriesOption, type LineSeriesOption } from "echarts/charts";
import { GridComponent, MarkLineComponent, type GridComponentOption, type MarkLineComponentOption } from "echarts/components";
import { init, use, type ComposeOption, type ECharts } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, CustomChart, LineChart, GridComponent, MarkLineComponent, CanvasRenderer]);

export type Charted = ComposeOption<BarSeriesOption | CustomSeriesOption | LineSeriesOption | GridComponentOption | MarkLineComponentOption>;
export type { ECharts };
export { init };
