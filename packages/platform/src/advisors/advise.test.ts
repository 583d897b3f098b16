import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CommitmentEffect,
  compare,
  currencyCode,
  decimal,
  equals,
  grossOf,
  type InventoryItem,
  known,
  type Recommendation,
  unknown,
} from "@trimtab/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openResourceMetrics } from "../evidence/metrics/open-resource-metrics.ts";
import type { ResourceMetricStore } from "../evidence/metrics/resource-metric-store.ts";
import { type Lake, openLake } from "../lake/lake.ts";
import { costOf, unitPrice } from "../testing/advice-evidence.ts";
import { ESTATE_NOW, estateItems, writeEstateMetrics } from "../testing/sample-estate.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { type AdviceSources, advise } from "./advise.ts";
import { readSettings } from "./advisor-settings.ts";
import { fillEvidence } from "./fill-evidence.ts";
import { advisors } from "./registry.ts";

const RESOURCES = 40;
const DAYS = 60;
const PRICES: Readonly<Record<string, string>> = {
  "aws.ec2.instance": "0.23",
  "aws.ebs.volume": "0.088",
  "aws.ebs.snapshot": "0.05",
  "aws.elb.balancer": "0.0252",
  "db.r6g.4xlarge": "3.44",
  "db.r6g.2xlarge": "1.72",
  "db.r6g.xlarge": "0.86",
  "db.r6g.large": "0.43",
};

const folder = mkdtempSync(join(tmpdir(), "trimtab-test-"));
const ZERO = decimal("0");
const USD = currencyCode("USD");
let lake: Lake;
let metrics: ResourceMetricStore;
const inventory: readonly InventoryItem[] = estateItems(RESOURCES);

beforeAll(async () => {
  lake = await openLake({ root: folder });
  metrics = openResourceMetrics(lake, () => ESTATE_NOW);
  await writeEstateMetrics(metrics, RESOURCES, DAYS);
}, 60_000);
afterAll(() => {
  lake.close();
  rmSync(folder, { recursive: true, force: true });
});

const sources = (more: Partial<AdviceSources> = {}): AdviceSources => ({
  inventory,
  metrics,
  costOf: () => unknown("the bill names no resources"),
  price: (question) => {
    const text = PRICES[question.attributes.instanceClass ?? question.item] ?? PRICES[question.item];
    return text === undefined ? unknown(`no price of ${question.item}`) : known(unitPrice(question, text));
  },
  netSavings: async (changes) => changes.map(() => undefined),
  ...more,
});

const all = Object.values(advisors);
const request = {
  advisors: all,
  settings: readSettings(all, {}),
  hourlyCost: decimal("100"),
  now: ESTATE_NOW,
  signal: new AbortController().signal,
};

test("every resource is recommended for, fine or abstained on by each advisor of its kind, and the same twice", async () => {
  const first = await advise(sources(), request);
  for (const { resources, recommended, fine, abstained } of first.advisors)
    expect(recommended + fine + abstained.length).toBe(resources);
  expect(first.recommendations.length).toBeGreaterThan(5);
  const advisorsFound = new Set(first.recommendations.map(({ key }) => key.advisor));
  expect([...advisorsFound].toSorted()).toEqual(["idle-resources", "off-hours", "sql-sizing"]);
  expect(await advise(sources(), request)).toEqual(first);
});

test("savings sum from their lines, and none is above the resource's cost, also where the bill is lower", async () => {
  const { recommendations } = await advise(sources({ costOf: () => known(costOf("4.20")) }), request);
  for (const { saving, costNow } of recommendations) {
    const gross = grossOf(saving.lines, costNow.currency);
    expect(equals(gross.mid, saving.gross.mid)).toBe(true);
    expect(compare(saving.gross.high, costNow.amount)).toBeLessThanOrEqual(0);
  }
  expect(recommendations[0]?.notes.join(" ")).toContain("cut to that");
});

test("what commitments cover is taken off all at once, in the order in which it will be done", async () => {
  const asked: string[] = [];
  const coveredWhole = (lines: Recommendation["saving"]["lines"]): CommitmentEffect => {
    const covered = grossOf(lines, USD);
    const reused = { low: ZERO, mid: ZERO, high: ZERO, currency: USD };
    return { commitments: ["ri-1"], covered, reused, reason: "a test" };
  };
  const netSavings: AdviceSources["netSavings"] = async (changes) =>
    changes.map(({ resource, lines }) => {
      asked.push(resource.id);
      return resource.kind === "AWS::RDS::DBInstance" ? coveredWhole(lines) : undefined;
    });
  const { recommendations } = await advise(sources({ netSavings }), request);
  expect(asked.length).toBe(recommendations.length);
  const database = recommendations.find(({ resource }) => resource.kind === "AWS::RDS::DBInstance");
  expect(String(database?.saving.net.mid)).toBe("0");
  expect(recommendations.at(-1)?.resource.kind).toBe("AWS::RDS::DBInstance");
});
test("stopping at night and a smaller machine go together; two changes of one setting don't", async () => {
  const { recommendations } = await advise(sources(), request);
  const byResource = Map.groupBy(recommendations, ({ resource }) => resource.id);
  const both = [...byResource.values()].find((list) => list.length > 1);
  expect(both?.map(({ key }) => key.advisor).toSorted()).toEqual(["off-hours", "sql-sizing"]);
  expect(both?.every(({ alternatives }) => alternatives.length === 0)).toBe(true);
});

test("plots of what is recommended are filled from the lake", async () => {
  const { recommendations } = await advise(sources(), request);
  const dailyCosts = async () => new Map([["vol-0", [["2026-06-29", 0.29] as const]]]);
  const signal = new AbortController().signal;
  const filled = await fillEvidence(recommendations, { metrics, dailyCosts, inventory, signal });
  const plots = filled.flatMap(({ evidence }) => evidence.filter(({ metric }) => metric !== "cost"));
  expect(plots.length).toBeGreaterThan(5);
  for (const { points, samples } of plots) {
    expect(points.length).toBeGreaterThan(100);
    expect(points.length).toBeLessThanOrEqual(Math.min(240, samples));
  }
  const cost = filled.find(({ resource }) => resource.id === "vol-0")?.evidence.at(-1);
  expect(cost?.points).toEqual([["2026-06-29T00:00:00Z", 0.29]]);
});

test("an estate without metrics is abstained on, with the reason", async () => {
  const empty = await openLake({ root: tempFolder() });
  const { advisors: reports, recommendations } = await advise(
    sources({ metrics: openResourceMetrics(empty, () => ESTATE_NOW) }),
    request,
  );
  empty.close();
  expect(recommendations).toEqual([]);
  const sql = reports.find(({ advisor }) => advisor === "sql-sizing");
  expect(sql?.abstained[0]?.reason).toBe("cpu.utilization of it is not known from 2026-06-02 to 2026-06-30");
});

test("settings are checked by their advisor", () => {
  expect(() => readSettings(all, { idleDays: "0" })).toThrow(/--idle-days can't be 0/);
  expect(() => readSettings(all, { idleDays: "soon" })).toThrow(/--idle-days can't be soon/);
});
