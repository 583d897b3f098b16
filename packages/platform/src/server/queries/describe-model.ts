import { addDays, addMonths, day, dayOf, firstDayOf, monthOf } from "@trimtab/domain";
import type { Manifest } from "../../lake/manifest.ts";
import { coverageOf } from "../../query/coverage.ts";
import { axisOf, DIMENSION_NAMES } from "../../query/model/dimensions.ts";
import { costPerMetric, MEASURES } from "../../query/model/measures.ts";
import { dimensionOf } from "../../query/model/model.ts";
import type { RatesTable } from "../../query/rates.ts";
import { GRAINS } from "../../query/types.ts";
import type { LakeWatch } from "../lake-watch.ts";
import type { Asking } from "./query-context.ts";
import type { Questions } from "./questions.ts";

/** What can be asked, within the caller's scope: tags and currencies that the scope hides are not named. */
export const describeModel = async (questions: Questions, watch: LakeWatch, asking: Asking) => {
  const [{ model, rates }, { manifest, version }] = await Promise.all([
    questions.semantics(),
    watch.newest(),
  ]);
  const { tagKeys, currencies, covers, completeTo } = await visibleFacts(questions, manifest, asking);
  const names = [...model.virtual.keys(), ...DIMENSION_NAMES, ...tagKeys.map((key) => `tag:${key}`)];
  const metrics = [...model.metrics.values()];
  return {
    measures: [...MEASURES.values(), ...metrics.map(({ id, unit }) => costPerMetric(id, unit))].map(
      ({ id, title, kind, additive }) => ({ id, title, kind, isAdditive: additive !== undefined }),
    ),
    dimensions: names.map((name) => {
      const { kind, type } = dimensionOf(name, model);
      const timeAxis = axisOf(name);
      return {
        name,
        kind: kind === "extra" ? ("column" as const) : kind,
        type,
        isGroupable: type !== "decimal",
        ...(timeAxis === undefined ? {} : { timeAxis }),
      };
    }),
    tagKeys,
    grains: GRAINS,
    currencies,
    convertibleTo: rates === undefined ? [] : reachable(rates, currencies),
    metrics: metrics.map(({ id, unit, target }) => ({
      id,
      unit,
      target: target ?? null,
      measure: `cost-per:${id}`,
    })),
    fiscalYearStart: model.fiscalYearStart,
    covers,
    completeTo,
    lakeVersion: version,
  };
};

const visibleFacts = async (questions: Questions, manifest: Manifest, asking: Asking) => {
  const tags = Object.keys(manifest.tagColumns).toSorted();
  const counted = manifest.loads.filter(({ counted }) => counted === true);
  const all = [...new Set(counted.flatMap(({ sums }) => Object.keys(sums)))].toSorted();
  if (asking.scope === "unrestricted")
    return {
      tagKeys: tags,
      currencies: all,
      covers: coversOf(manifest),
      completeTo: coverageOf(manifest.loads, [], manifest.createdAt).completeTo,
    };
  const seen = await Promise.all(
    tags.map(async (key) => {
      const where = { dimension: `tag:${key}`, op: "present" as const };
      const { total } = await questions.query({ measures: ["rows"], where }, { ...asking, currency: "each" });
      return total.some((cell) => cell !== null && cell !== "0") ? [key] : [];
    }),
  );
  // The answer's own facts are told within the scope, too.
  const byCurrency = await questions.query({ measures: ["rows"], by: ["BillingCurrency"] }, asking);
  const currencies = byCurrency.rows.flatMap(([code]) => code ?? []).toSorted();
  const months = byCurrency.periods.map(({ billingPeriod }) => billingPeriod).toSorted();
  return {
    tagKeys: seen.flat(),
    currencies,
    covers: coversOfMonths(months[0], months.at(-1)),
    completeTo: byCurrency.completeTo,
  };
};

/** Half-open days of whole months. */
const coversOfMonths = (first: string | undefined, last: string | undefined) =>
  first === undefined || last === undefined
    ? null
    : { start: day(first), end: firstDayOf(addMonths(monthOf(day(last)), 1)) };

const reachable = ({ rates }: RatesTable, from: readonly string[]): readonly string[] => {
  const targets = [...new Set(rates.map(({ to }) => to))].toSorted();
  return targets.filter((to) =>
    from.every((code) => code === to || rates.some((rate) => rate.from === code && rate.to === to)),
  );
};

/** Half-open days. */
const coversOf = ({ loads }: Manifest) => {
  const counted = loads.filter((load) => load.counted === true);
  if (counted.length === 0) return null;
  const start = counted.map(({ chargeStart }) => chargeStart).reduce((a, b) => (a < b ? a : b));
  const end = counted.map(({ chargeEnd }) => chargeEnd).reduce((a, b) => (a > b ? a : b));
  const isWhole = /T00:00:00(\.0+)?Z$/.test(end);
  return { start: dayOf(start), end: isWhole ? dayOf(end) : addDays(day(end.slice(0, 10)), 1) };
};
