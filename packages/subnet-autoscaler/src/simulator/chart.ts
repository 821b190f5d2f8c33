/** A chart's lines and areas over the same time. */
export interface Panel {
  readonly title: string;
  /** What the vertical axis counts, for example `addresses and pods`. */
  readonly unit: string;
  /** Height of the plot in pixels. */
  readonly height: number;
  readonly series: readonly Series[];
}

/** One line of a panel: a value a minute. */
export interface Series {
  readonly name: string;
  /** Class of its color and stroke, see the style of the picture. */
  readonly style: SeriesStyle;
  /** From minute 0. */
  readonly values: readonly number[];
}

/** Looks of a series; they differ in color, in width or dashes, and in whether the area below is filled. */
export type SeriesStyle = "taken" | "other" | "asked" | "running" | "pending";

/** Size of the picture in pixels, and its margins. */
const WIDTH = 960;
const LEFT = 84;
const RIGHT = 24;
const PLOT = WIDTH - LEFT - RIGHT;
const HEADER = 56;
const PANEL_TITLE = 44;
const PANEL_AXIS = 48;

/** Colors that people with a color deficiency tell apart (Okabe and Ito), in both color schemes. */
const STYLE = `
  svg { --ink: #1f2328; --faint: #59636e; --grid: #d1d9e0; --paper: #ffffff;
    --taken: #0072b2; --other: #cc79a7; --asked: #1f2328; --running: #007a5a; --pending: #d55e00; }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #e6edf3; --faint: #9198a1; --grid: #3d444d; --paper: #0d1117;
      --taken: #56b4e9; --other: #e8a0c8; --asked: #e6edf3; --running: #2dc79b; --pending: #ff9b4a; }
  }
  .paper { fill: var(--paper); }
  text { fill: var(--ink); font: 13px system-ui, sans-serif; }
  .title { font-size: 18px; font-weight: 600; }
  .panel { font-size: 14px; font-weight: 600; }
  .tick { fill: var(--faint); font-size: 12px; }
  .grid { stroke: var(--grid); stroke-width: 1; }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
  .taken { stroke: var(--taken); fill: var(--taken); } .other { stroke: var(--other); fill: var(--other); }
  .asked { stroke: var(--asked); fill: var(--asked); } .running { stroke: var(--running); fill: var(--running); }
  .pending { stroke: var(--pending); fill: var(--pending); }
  .line.taken { fill: none; stroke-width: 2.5; } .line.other { fill: none; stroke-dasharray: 9 3 2 3; }
  .line.asked { fill: none; stroke-width: 1.5; stroke-dasharray: 6 4; } .line.running { fill: none; }
  .line.pending { fill: none; }
  .area { fill-opacity: 0.18; stroke-opacity: 0; }`;

/** Input of {@link chart}. */
export interface ChartProps {
  readonly title: string;
  /** What the picture shows, in words, for those who do not see it. */
  readonly description: string;
  /** With at least one series of at least one value. */
  readonly panels: readonly Panel[];
}

/** A picture as SVG that adapts to a dark page. Its panels share the time axis. */
export function chart({ title, description, panels }: ChartProps): string {
  const heightOf = (some: readonly Panel[]): number =>
    some.reduce((sum, panel) => sum + PANEL_TITLE + panel.height + PANEL_AXIS, HEADER);
  const height = heightOf(panels);
  const parts = panels.map((panel, index) => panelMarkup(panel, heightOf(panels.slice(0, index))));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)}</desc>
<style>${STYLE}
</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
<text class="title" x="${LEFT}" y="34">${escaped(title)}</text>
${parts.join("\n")}
</svg>
`;
}

function panelMarkup({ title, unit, height, series }: Panel, top: number): string {
  const minutes = Math.max(1, ...series.map(({ values }) => values.length - 1));
  const most = series.reduce((max, { values }) => values.reduce((a, b) => Math.max(a, b), max), 0);
  const step = niceStep(most);
  const highest = Math.max(1, Math.ceil(most / step)) * step;
  const base = top + PANEL_TITLE + height;
  const x = (minute: number): number => LEFT + (minute / minutes) * PLOT;
  const y = (value: number): number => base - (value / highest) * height;
  const middle = base - height / 2;
  return [
    `<text class="panel" x="${LEFT}" y="${top + 18}">${escaped(title)}</text>`,
    legend(series, top + 18),
    ...steps(highest, step).map(
      (value) =>
        `<line class="grid" x1="${LEFT}" x2="${LEFT + PLOT}" y1="${round(y(value))}" y2="${round(y(value))}"/>` +
        `<text class="tick" x="${LEFT - 8}" y="${round(y(value) + 4)}" text-anchor="end">${value.toLocaleString("en-US")}</text>`,
    ),
    ...steps(minutes, timeStep(minutes)).map(
      (minute) =>
        `<line class="grid" x1="${round(x(minute))}" x2="${round(x(minute))}" y1="${base}" y2="${base + 5}"/>` +
        `<text class="tick" x="${round(x(minute))}" y="${base + 20}" text-anchor="middle">${clockTime(minute)}</text>`,
    ),
    `<text class="tick" x="${LEFT + PLOT / 2}" y="${base + 38}" text-anchor="middle">hours and minutes since the start</text>`,
    `<text class="tick" transform="rotate(-90)" x="${-middle}" y="18" text-anchor="middle">${escaped(unit)}</text>`,
    ...series.map((one) => seriesMarkup(one, x, y)),
  ].join("\n");
}

function seriesMarkup(
  { style, values }: Series,
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  const points = corners(values).map((minute) => `${round(x(minute))},${round(y(values[minute]!))}`);
  const line = `<polyline class="line ${style}" points="${points.join(" ")}"/>`;
  if (style !== "taken" && style !== "pending") return line;
  const ground = [`${round(x(values.length - 1))},${round(y(0))}`, `${round(x(0))},${round(y(0))}`];
  return `<polygon class="area ${style}" points="${[...points, ...ground].join(" ")}"/>\n${line}`;
}

/** The minutes at which a line bends: a day of minutes is a few hundred points instead of 1,440. */
function corners(values: readonly number[]): readonly number[] {
  return values.flatMap((value, minute) => {
    const [before, after] = [values[minute - 1], values[minute + 1]];
    const isStraight = before !== undefined && after !== undefined && value - before === after - value;
    return isStraight ? [] : [minute];
  });
}

/** The legend, right-aligned at a height: a sample of each line, and its name. */
function legend(series: readonly Series[], height: number): string {
  let right = LEFT + PLOT;
  return [...series]
    .reverse()
    .map(({ name, style }) => {
      const start = right - textWidth(name) - 36;
      right = start - 20;
      return `<line class="line ${style}" x1="${start}" x2="${start + 28}" y1="${height - 4}" y2="${height - 4}"/><text x="${start + 36}" y="${height}">${escaped(name)}</text>`;
    })
    .join("");
}

/** About the width of a text of 13 pixels, in pixels. */
function textWidth(text: string): number {
  return Math.ceil(text.length * 7.4);
}

/** The step of an axis: 1, 2 or 5 times a power of ten, with at most six steps up to a value. */
function niceStep(most: number): number {
  const least = Math.max(1, most / 6);
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least)!;
}

/** The step of the time axis in minutes: a time that people count in, with at most 13 ticks. */
function timeStep(minutes: number): number {
  return [1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].find((step) => minutes / step <= 12)!;
}

function steps(most: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

/** A minute as hours and minutes: `08:30`. */
export function clockTime(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
