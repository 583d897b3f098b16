import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import {
  type Advice,
  add,
  type CloudRunSettings,
  canonicalJson,
  cloudRunProblems,
  compare,
  currencyCode,
  decimal,
  hoursOf,
  type InventoryItem,
  instant,
  multiply,
  type RecommendationDraft,
  type ResourceKind,
  unknown,
  type WeekSchedule,
  ZERO,
} from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import type { AdvisorDefinition, ResourceEvidence } from "../../packages/platform/src/advisors/advisor.ts";
import { advisors as registry } from "../../packages/platform/src/advisors/registry.ts";
import {
  type AdvisorFixture,
  advisorFixtures,
} from "../../packages/platform/src/testing/advisor-fixtures.ts";
import { sampleSettings } from "../../packages/platform/src/testing/sample-settings.ts";

const folder = resolve(import.meta.dirname, "../../packages/platform/src/advisors");
const advisors = Object.entries(registry as Readonly<Record<string, unknown>>) as readonly (readonly [
  string,
  AdvisorDefinition,
])[];

const fixturesOf = (id: string): readonly AdvisorFixture[] =>
  advisorFixtures().filter(({ advisor }) => advisor === id);

const advise = (
  advisor: AdvisorDefinition,
  { evidence, settings }: Pick<AdvisorFixture, "evidence" | "settings">,
): Advice => advisor.advise(evidence, advisor.settings.parse(settings ?? {}));

/** A resource of a kind of which nothing at all is known. */
const nothingKnown = (kind: ResourceKind, settings: unknown): ResourceEvidence => ({
  resource: {
    kind,
    id: "r",
    name: "r",
    scope: { provider: "gcp", account: "a", region: "us-central1" },
    settings,
    tags: {},
    aliases: [],
    readAt: instant("2026-11-01T00:00:00Z"),
  } as unknown as InventoryItem,
  now: instant("2026-11-01T00:00:00Z"),
  summary: (metric) => unknown(`${metric} was not measured`),
  series: (metric) => unknown(`${metric} was not measured`),
  distribution: (metric) => unknown(`${metric} was not measured`),
  cost: unknown("the bill does not name it"),
  price: () => unknown("no price of it is known"),
  other: () => undefined,
  referring: () => [],
});

const sum = (draft: RecommendationDraft, bound: "low" | "mid" | "high") =>
  draft.lines.map(({ units, price }) => multiply(units[bound], price.price)).reduce(add, ZERO);

/** Throws where somebody writes to it, at any depth. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/** What a reader reads, and the settings as they would be: `exists` and schedules are values of settings, too. */
const validSettings = (evidence: ResourceEvidence, draft: RecommendationDraft): readonly string[] => {
  if (evidence.resource.kind !== "run.googleapis.com/Service") return [];
  const changed = draft.changes
    .filter(({ setting }) => setting in evidence.resource.settings)
    .flatMap(({ setting, to }) => {
      const isSchedule = typeof to === "object" && to !== null && "every" in to;
      const values = isSchedule ? [...new Set(hoursOf(to as unknown as WeekSchedule))] : [to];
      return values.map((value) => ({ setting, value }));
    });
  const others = Object.fromEntries(changed.map(({ setting, value }) => [setting, value]));
  return changed.flatMap(({ setting, value }) =>
    cloudRunProblems({ ...evidence.resource.settings, ...others, [setting]: value } as CloudRunSettings),
  );
};

describe("the registry", () => {
  it("has one entry for each folder of an advisor", () => {
    const folders = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "shared")
      .map(({ name }) => name);
    expect(Object.keys(registry).sort()).toEqual(folders.sort());
  });

  it("has fixtures of every answer, where it has any of an advisor", () => {
    const ids = new Set(advisorFixtures().map(({ advisor }) => advisor));
    expect(ids.size).toBeGreaterThan(0);
    for (const id of ids) {
      const answers = new Set(fixturesOf(id).map(({ expected }) => expected));
      expect([...answers].sort(), id).toEqual(["abstained", "fine", "recommended"]);
    }
  });
});

describe.each(advisors)("advisor %s", (id, advisor) => {
  const fixtures = fixturesOf(id);

  it("is named as in the registry, and says what it needs", () => {
    expect(advisor.id).toBe(id);
    expect(advisor.apiVersion).toBe(1);
    expect(advisor.summary.length).toBeGreaterThan(20);
    expect(advisor.kinds.length).toBeGreaterThan(0);
    const defaults = advisor.settings.parse({});
    expect(advisor.windowDays(defaults)).toBeGreaterThan(0);
    for (const [name, schema] of Object.entries(advisor.settings.shape))
      expect(schema.description, `${name} has no description`).toBeTruthy();
  });

  it("abstains with a reason where nothing is known", () => {
    const isMetricRequired = advisor.needs.some(({ required }) => required);
    for (const kind of advisor.kinds) {
      const evidence = nothingKnown(kind, sampleSettings(kind));
      const advice = advise(advisor, { evidence, settings: {} });
      // What an inventory alone shows may be fine; nothing may be advised without a price.
      if (isMetricRequired) expect(advice.status, kind).toBe("abstained");
      expect(advice.status, kind).not.toBe("recommended");
      expect(advice.status !== "recommended" && advice.reason.length, kind).toBeGreaterThan(10);
    }
  });

  it("abstains where a price is not known, whatever else is", () => {
    for (const fixture of fixtures.filter(({ expected }) => expected === "recommended")) {
      const evidence = { ...fixture.evidence, price: () => unknown<never>("nobody knows it") };
      expect(advise(advisor, { ...fixture, evidence }).status).not.toBe("recommended");
    }
  });

  it.each(fixtures)("says $expected: $name", (fixture) => {
    const advice = advise(advisor, fixture);
    expect(advice.status, advice.status === "recommended" ? "" : advice.reason).toBe(fixture.expected);
    if (advice.status !== "recommended") {
      expect(advice.reason.length).toBeGreaterThan(10);
      return;
    }
    expect(advice.drafts.length).toBeGreaterThan(0);
    const fingerprints = advice.drafts.map(({ fingerprint }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
    for (const draft of advice.drafts) checkDraft(fixture.evidence, draft);
  });

  it("says the same of the same evidence, and leaves it as it is", () => {
    for (const fixture of fixtures) {
      const first = canonicalJson(asJson(advise(advisor, fixture)));
      const evidence = { ...fixture.evidence, resource: frozen(fixture.evidence.resource) };
      const series: typeof evidence.series = (metric, statistic) =>
        frozen(fixture.evidence.series(metric, statistic));
      const distribution: typeof evidence.distribution = (metric) =>
        frozen(fixture.evidence.distribution(metric));
      const again = advise(advisor, { ...fixture, evidence: { ...evidence, series, distribution } });
      expect(canonicalJson(asJson(again))).toBe(first);
    }
  });
});

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

function checkDraft(evidence: ResourceEvidence, draft: RecommendationDraft): void {
  const [low, mid, high] = [sum(draft, "low"), sum(draft, "mid"), sum(draft, "high")];
  expect(compare(low, mid)).toBeLessThanOrEqual(0);
  expect(compare(mid, high)).toBeLessThanOrEqual(0);
  expect(compare(mid, ZERO)).toBe(1);
  expect(compare(high, draft.costNow.amount)).toBeLessThanOrEqual(0);
  for (const { units, price, about } of draft.lines) {
    expect(about).toBeTruthy();
    expect(price.currency).toBe(draft.costNow.currency);
    expect(compare(units.low, units.mid)).toBeLessThanOrEqual(0);
    expect(compare(units.mid, units.high)).toBeLessThanOrEqual(0);
  }
  expect(draft.title).toBeTruthy();
  expect(draft.changes.length).toBeGreaterThan(0);
  for (const { setting, from, to } of draft.changes) {
    const settings = evidence.resource.settings as unknown as Readonly<Record<string, unknown>>;
    if (setting in settings) expect(from).toEqual(settings[setting]);
    expect(to).not.toEqual(from);
  }
  expect(validSettings(evidence, draft)).toEqual([]);
  expect(draft.evidence.length).toBeGreaterThan(0);
  for (const { points, samples, expected, start, end } of draft.evidence) {
    expect(samples).toBeLessThanOrEqual(expected);
    expect(points.length).toBeLessThanOrEqual(2000);
    const times = points.map(([time]) => Date.parse(time));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Date.parse(start)).toBeLessThan(Date.parse(end));
    for (const [, value] of points) expect(Number.isFinite(value)).toBe(true);
  }
  expect(draft.confidence.value).toBeGreaterThan(0);
  expect(draft.confidence.value).toBeLessThanOrEqual(1);
  expect(draft.confidence.reason).toBeTruthy();
  if (draft.risk.level !== "none") expect(draft.risk.breaks.length).toBeGreaterThan(0);
  expect(compare(draft.effort.hours.low, draft.effort.hours.high)).toBeLessThanOrEqual(0);
}

describe("the checks themselves", () => {
  it("tell a draft that saves more than the resource costs", () => {
    const [fixture] = advisorFixtures().filter(({ expected }) => expected === "recommended");
    const advisor = advisors.find(([id]) => id === fixture?.advisor)?.[1];
    if (fixture === undefined || advisor === undefined) throw new Error("no fixture");
    const advice = advise(advisor, fixture);
    const [draft] = advice.status === "recommended" ? advice.drafts : [];
    if (draft === undefined) throw new Error("no draft");
    const cheap = { ...draft, costNow: { amount: decimal("0.0001"), currency: currencyCode("USD") } };
    expect(() => checkDraft(fixture.evidence, cheap)).toThrow();
    expect(() => checkDraft(fixture.evidence, { ...draft, changes: [] })).toThrow();
  });
});
