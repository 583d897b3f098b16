import { instant } from "@trimtab/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTurns } from "../../../lake/in-turns.ts";
import type { Lake } from "../../../lake/lake.ts";
import { ANY_VOCABULARY, anyLoads } from "../../../testing/any-question.ts";
import { type TestCharge, type TestLoad, writeChargeLake } from "../../../testing/charge-lake.ts";
import { CLUSTER_TESTS, type ClusterPlace, hasCluster, makeClusterPlace } from "../../../testing/cluster.ts";
import { allocationRules, contextualQuestions } from "../../../testing/contextual-question.ts";
import { QUERY_CATALOGUE } from "../../../testing/query-catalogue.ts";
import { BASE_MODEL } from "../../model/model.ts";
import { parseQueryText } from "../../parse-query.ts";
import { runQuery } from "../../run-query.ts";
import type { QueryContext, QueryRequest } from "../../types.ts";
import { openDuckdbEngine } from "../duckdb.ts";
import type { QueryEngine } from "../engine.ts";
import { publishToTrino } from "./publish.ts";
import { openTrinoEngine } from "./trino-engine.ts";

/** Questions under way on both engines. */
const AT_ONCE = 8;

const numRuns = Number(process.env.TRIMTAB_CLUSTER_RUNS ?? 1000);

/** What a bill may hold that two engines could read in two ways. */
const ODD_KEYS = ['a"b', "back\\slash", "it's", "dots.and/slashes~", "$", "[0]", "ünï", "with space", "0"];
const oddCharge = (index: number): TestCharge => {
  const day = String(1 + (index % 27)).padStart(2, "0");
  const key = ODD_KEYS[index % ODD_KEYS.length] ?? "";
  return {
    BillingCurrency: index % 3 === 0 ? "EUR" : "USD",
    BillingPeriodStart: "2026-02-01 00:00:00",
    ChargePeriodStart: `2026-02-${day} 00:00:0${index % 3}.${["0", "5", "123456"][index % 3]}`,
    ChargePeriodEnd: `2026-02-${day} 00:00:59`,
    ServiceName: ["Ärger", "zeta", "Zeta", "😀", "￮", "a\nb", " padded "][index % 7] ?? "",
    RegionId: [null, "", "eu-west-1", "İstanbul"][index % 4] ?? null,
    // Sums stay within what a decimal of 38 digits holds: beyond it, both engines refuse.
    BilledCost: ["99999999999999999999999.999999999999", "-99999999999999999999999", "0.000000000001"][
      index % 3
    ] as string,
    EffectiveCost: index % 5 === 0 ? null : `${index}.5`,
    ListCost: index % 2 === 0 ? null : `${index * 2}.000000000001`,
    PricingQuantity: index % 4 === 0 ? null : `${index}`,
    PricingUnit: ["GB", null, "Hours"][index % 3] ?? null,
    SkuId: `sku-${index % 5}`,
    ResourceId: `r${index % 11}`,
    Tags: { [key]: index % 2 === 0 ? "" : `v${index % 3}`, team: "it's", environment: null },
    x_extra: {
      [key]: index % 4 === 0 ? null : `e"${index % 2}`,
      nested: { b: [1, 2.5, "x"], a: { z: null } } as unknown as string,
      list: ["x", "y"] as unknown as string,
      number: 12.5 as unknown as string,
      truth: true as unknown as string,
    },
  };
};

const loads: readonly TestLoad[] = [
  ...anyLoads,
  {
    id: "odd0",
    source: "gcp-billing",
    instance: "gcp-billing/1/odd",
    billingPeriod: "2026-02-01",
    charges: Array.from({ length: 90 }, (_, index) => oddCharge(index)),
    tagColumns: { team: "x_tag_team", environment: "x_tag_environment" },
    rollups: [{ dimensions: ["BillingCurrency", "BillingPeriodStart", "ServiceName", "ChargeCategory"] }],
  },
];

const RULES = allocationRules({ from: "ChargePeriodStart", shared: "S3", startsWith: "z", region: "eu" });

describe.skipIf(!hasCluster)(`both engines, ${CLUSTER_TESTS}`, () => {
  let place: ClusterPlace;
  let lake: Lake;
  let embedded: QueryEngine;
  let cluster: QueryEngine;

  beforeAll(async () => {
    place = makeClusterPlace();
    lake = await writeChargeLake(place.root, loads);
    await publishToTrino({ client: place.client, store: lake.store, location: place.location });
    embedded = openDuckdbEngine(lake);
    cluster = openTrinoEngine(place.client, lake.store);
  });
  afterAll(async () => {
    lake.close();
    await place.drop();
  });

  const contextOf = (own: Partial<QueryContext> = {}): QueryContext => ({
    lakeVersion: 1,
    scope: "unrestricted",
    currency: "each",
    timeZone: "UTC",
    now: instant("2026-07-01T00:00:00Z"),
    signal: new AbortController().signal,
    ...own,
  });

  const expectEqual = async (request: QueryRequest, own: Partial<QueryContext> = {}): Promise<void> => {
    const context = contextOf(own);
    const [expected, found] = [
      await runQuery(embedded, request, context),
      await runQuery(cluster, request, context),
    ];
    expect(found, JSON.stringify(request)).toEqual(expected);
  };

  it.concurrent.each(QUERY_CATALOGUE)("answer alike: %s", async (text) => {
    await expectEqual(parseQueryText(text, BASE_MODEL));
  });

  it.concurrent.each(ODD_KEYS)("answer alike by the odd key %s", async (key) => {
    await expectEqual({ measures: ["rows"], by: [`tag:${key}`, `x:${key}`] });
  });

  it.concurrent.each(["nested", "list", "number", "truth"])(
    "answer alike by a nested value: x:%s",
    async (key) => {
      await expectEqual({ measures: ["rows", "effective"], by: [`x:${key}`] });
    },
  );

  it(`answer any of ${numRuns} questions alike: every digit, every null, the same order`, async () => {
    await inTurns(contextualQuestions(ANY_VOCABULARY, RULES, numRuns), AT_ONCE, ({ request, context }) =>
      expectEqual(request, context),
    );
  }, 3_600_000);
});
