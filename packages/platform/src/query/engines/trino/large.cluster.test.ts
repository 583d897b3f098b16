import { instant } from "@trimtab/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTurns } from "../../../lake/in-turns.ts";
import type { Lake } from "../../../lake/lake.ts";
import type { Vocabulary } from "../../../testing/any-question.ts";
import { CLUSTER_TESTS, type ClusterPlace, hasCluster, makeClusterPlace } from "../../../testing/cluster.ts";
import { allocationRules, contextualQuestions } from "../../../testing/contextual-question.ts";
import { writeManyCharges } from "../../../testing/many-charges.ts";
import { someQuestions } from "../../../testing/query-catalogue.ts";
import { BASE_MODEL } from "../../model/model.ts";
import { parseQueryText } from "../../parse-query.ts";
import { runQuery } from "../../run-query.ts";
import type { QueryContext, QueryRequest } from "../../types.ts";
import { openDuckdbEngine } from "../duckdb.ts";
import type { QueryEngine } from "../engine.ts";
import { publishToTrino } from "./publish.ts";
import { openTrinoEngine } from "./trino-engine.ts";

/** How many charges; 10000000 is what figures are given for. */
const rows = Number(process.env.TRIMTAB_CLUSTER_ROWS ?? 100_000);

/** How many generated questions about them. */
const numRuns = Number(process.env.TRIMTAB_CLUSTER_LARGE_RUNS ?? 40);

/** Questions under way on both engines. */
const AT_ONCE = 2;

/** Values that these charges have, beside some that they lack, and few enough of each that groups stay far fewer than charges. */
const VOCABULARY: Vocabulary = {
  texts: [
    "Service 7",
    "Service 1",
    "service",
    "us-east-1",
    "eu",
    "search",
    "ads",
    "prod",
    "gcp-billing",
    "Usage",
    "3",
    "",
  ],
  patterns: ["^Service [12]", "[0-9]$", "u|a", "^eu"],
  dimensions: ["ServiceName", "RegionId", "tag:team", "tag:environment", "x:k", "source", "ChargeCategory"],
  periods: [
    { start: "2026-01", end: "2026-03" },
    { start: "2025-11-10", end: "2026-03-05" },
    { start: "2026-02-03T05:00:00Z" },
    { end: "2025-06" },
  ],
  hourPeriods: [
    { start: "2026-02-03T05:00:00Z", end: "2026-02-09" },
    { start: "2025-12-28", end: "2026-01-03" },
  ],
};
const RULES = allocationRules({
  shared: "Service 3",
  startsWith: "Service 2",
  region: "eu",
  from: "SubAccountId",
});

describe.skipIf(!hasCluster)(
  `both engines over ${rows} charges of 24 months and 3 sources, ${CLUSTER_TESTS}`,
  () => {
    let place: ClusterPlace;
    let lake: Lake;
    let cluster: QueryEngine;
    beforeAll(async () => {
      place = makeClusterPlace();
      lake = await writeManyCharges(place.root, rows);
      const report = await publishToTrino({
        client: place.client,
        store: lake.store,
        location: place.location,
      });
      expect(report).toMatchObject({ registered: 144, checkedFiles: 72 * 3 });
      cluster = openTrinoEngine(place.client, lake.store);
    }, 3_600_000);
    afterAll(async () => {
      lake.close();
      await place.drop();
    });

    const expectEqual = async (request: QueryRequest, own: Partial<QueryContext> = {}): Promise<void> => {
      const context: QueryContext = {
        lakeVersion: 1,
        scope: "unrestricted",
        currency: "each",
        timeZone: "UTC",
        now: instant("2026-11-01T00:00:00Z"),
        signal: new AbortController().signal,
        ...own,
      };
      const expected = await runQuery(openDuckdbEngine(lake), request, context);
      expect(await runQuery(cluster, request, context), JSON.stringify(request)).toEqual(expected);
    };

    it.each(someQuestions(0))(
      "answer alike: %s",
      (text) => expectEqual(parseQueryText(text, BASE_MODEL)),
      1_200_000,
    );

    it(`answer any of ${numRuns} questions alike: every digit, every null, the same order`, async () => {
      await inTurns(contextualQuestions(VOCABULARY, RULES, numRuns), AT_ONCE, ({ request, context }) =>
        expectEqual(request, context),
      );
    }, 14_400_000);
  },
);
