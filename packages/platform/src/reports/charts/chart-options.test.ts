import { describe, expect, it } from "vitest";
import type { DataColumn, DataTable } from "../data-table.ts";
import { stepsOf } from "./answers/waterfall-steps.ts";
import { type ChartData, chartData } from "./chart-data.ts";
import { paperLook, shorten } from "./chart-look.ts";
import { chartOption, specsOfCurrencies } from "./chart-options.ts";
import type { ChartType } from "./chart-spec.ts";
import { formatterFor } from "./format.ts";

const STYLE = { look: paperLook({ fontFamily: "Roboto", width: 800, height: 400 }), locale: "en" };
const SCREEN = {
  ...STYLE,
  look: {
    ...STYLE.look,
    tips: { frame: {}, content: (title: string, lines: readonly object[]) => ({ title, lines }) },
  },
};
const money = (name: string, aspect?: DataColumn["aspect"]): DataColumn => ({
  ...{ name, role: "measure", kind: "money", currency: "USD", measure: "effective" },
  ...(aspect === undefined ? {} : { aspect }),
});
const TIME: DataColumn = { name: "time", role: "time", kind: "time" };
const SERVICE: DataColumn = { name: "ServiceName", role: "dimension", kind: "text" };
const REGION: DataColumn = { name: "RegionId", role: "dimension", kind: "text" };

/** Storage has no charge in June. */
const MONTHS: DataTable = {
  columns: [TIME, SERVICE, money("effective")],
  rows: [
    ["2026-05", "Compute", "10.5"],
    ["2026-05", "Storage", "4"],
    ["2026-06", "Compute", "12"],
    ["2026-07", "Compute", "11"],
    ["2026-07", "Storage", "5.25"],
  ],
};
const SERVICES: DataTable = {
  columns: [SERVICE, money("effective")],
  rows: [
    ["Compute", "12"],
    ["Storage", "5.25"],
    [null, "0.75"],
  ],
};
const GRID: DataTable = {
  columns: [SERVICE, REGION, money("effective")],
  rows: [
    ["Compute", "east", "8"],
    ["Compute", "west", "4"],
    ["Storage", "east", "5.25"],
  ],
};
const COMPARED: DataTable = {
  columns: [SERVICE, money("effective", "current"), money("before", "previous"), money("change", "change")],
  rows: [
    ["Compute", "12", "10.5", "1.5"],
    ["Storage", "5.25", "6", "-0.75"],
  ],
  total: [null, "17.25", "16.5", "0.75"],
};

const CASES: readonly (readonly [ChartType, DataTable])[] = [
  ["line", MONTHS],
  ["area", MONTHS],
  ["bar", SERVICES],
  ["donut", SERVICES],
  ["treemap", GRID],
  ["heatmap", MONTHS],
  ["sankey", GRID],
  ["waterfall", COMPARED],
];

/** What is drawn, without its looks. */
const drawn = (option: object): unknown => {
  const { series } = option as { readonly series: object | readonly object[] };
  return [series].flat().map((one) => {
    const { type, name, data, links, stack } = one as Record<string, unknown>;
    return JSON.parse(JSON.stringify({ type, name, stack, data: bare(data), links: bare(links) }));
  });
};

const LOOKS = new Set(["itemStyle", "label", "lineStyle", "emphasis", "tooltip", "symbol", "symbolSize"]);
const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (LOOKS.has(key) ? [] : [[key, bare(each)]])),
  );
};

describe("charts of an answer", () => {
  it.each(CASES)("draw it as %s", (type, table) => {
    const option = chartOption(table, { type }, STYLE);
    expect(drawn(option ?? {})).toMatchSnapshot();
  });

  it.each(CASES)("draw nothing as %s where there is nothing", (type, { columns }) => {
    expect(chartOption({ columns, rows: [] }, { type }, STYLE)).toBeUndefined();
  });

  it("keep a waterfall's steps in the table's turn, and fold what is more than a page shows, exactly", () => {
    const changes = Array.from({ length: 20 }, (_, at) => [`task ${at}`, `-${at + 1}`]);
    const planned: DataTable = {
      columns: [SERVICE, money("cost")],
      rows: [["Today", "1000"], ...changes, ["All done", "790"]],
      levels: [0, 21],
    };
    const drawnSteps = stepsOf({
      data: chartData(planned, { type: "waterfall" }) as ChartData,
      look: STYLE.look,
      format: formatterFor("en"),
    });
    expect(drawnSteps).toHaveLength(16);
    expect(drawnSteps[0]).toEqual({ name: "Today", text: "1000", kind: "total" });
    expect(drawnSteps.slice(1, 14).map(({ name }) => name)).toEqual(changes.slice(7).map(([name]) => name));
    // Tasks 0 to 6 together: 1 + … + 7.
    expect(drawnSteps[14]).toMatchObject({ text: "-28", kind: "change" });
    expect(drawnSteps.at(-1)).toEqual({ name: "All done", text: "790", kind: "total" });
    expect(chartOption(planned, { type: "waterfall" }, STYLE)).toBeDefined();
  });

  it("move and answer a pointer on screens only, with exact amounts", () => {
    expect(chartOption(SERVICES, { type: "bar" }, STYLE)).toMatchObject({ animation: false });
    expect(chartOption(SERVICES, { type: "bar" }, STYLE)).not.toHaveProperty("tooltip");
    const huge: DataTable = { columns: SERVICES.columns, rows: [["a", "90071992547409931.07"]] };
    const { animation, tooltip } = chartOption(huge, { type: "bar" }, SCREEN) as {
      readonly animation?: boolean;
      readonly tooltip: { formatter(hit: object): unknown };
    };
    expect(animation).toBeUndefined();
    expect(tooltip.formatter({ name: "a", dataIndex: 0 })).toEqual({
      title: "a",
      lines: [{ name: "", value: "$90,071,992,547,409,931.07" }],
    });
  });

  it("are one a currency", () => {
    const euro = { ...money("effective EUR"), currency: "EUR" };
    const both: DataTable = { columns: [SERVICE, money("effective USD"), euro], rows: [["a", "1", "2"]] };
    expect(specsOfCurrencies(both, { type: "bar" }).map(({ measure }) => measure)).toEqual([
      "effective USD",
      "effective EUR",
    ]);
  });
});

it("cuts long names at their ends, and long paths at their beginnings", () => {
  const path = "//run.googleapis.com/projects/acme/locations/us-central1/services/pipeline-api";
  expect(shorten("Cloud Run", 12)).toBe("Cloud Run");
  expect(shorten("A name of many letters", 12)).toBe("A name of m…");
  expect(shorten(path, 20)).toBe("…/pipeline-api");
  expect(shorten(`${path} · Services CPU`, 20)).toBe("…/pipeline-api · Se…");
});
