import { instant } from "@trimtab/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lake } from "../../../lake/lake.ts";
import { CLUSTER_TESTS, type ClusterPlace, hasCluster, makeClusterPlace } from "../../../testing/cluster.ts";
import { writeManyCharges } from "../../../testing/many-charges.ts";
import { someQuestions } from "../../../testing/query-catalogue.ts";
import { BASE_MODEL } from "../../model/model.ts";
import { parseQueryText } from "../../parse-query.ts";
import { runQuery } from "../../run-query.ts";
import { openDuckdbEngine } from "../duckdb.ts";
import type { QueryEngine } from "../engine.ts";
import { publishToTrino } from "./publish.ts";
import { openTrinoEngine } from "./trino-engine.ts";

/** How many charges; 10000000 is what figures are given for. */
const rows = Number(process.env.TRIMTAB_CLUSTER_ROWS ?? 100_000);

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

    it.each(someQuestions(0))(
      "answer alike: %s",
      async (text) => {
        const context = {
          lakeVersion: 1,
          scope: "unrestricted",
          currency: "each",
          timeZone: "UTC",
          now: instant("2026-11-01T00:00:00Z"),
          signal: new AbortController().signal,
        } as const;
        const request = parseQueryText(text, BASE_MODEL);
        const expected = await runQuery(openDuckdbEngine(lake), request, context);
        expect(await runQuery(cluster, request, context)).toEqual(expected);
      },
      1_200_000,
    );
  },
);
