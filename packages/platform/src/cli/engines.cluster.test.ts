import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTurns } from "../lake/in-turns.ts";
import {
  CLUSTER_TESTS,
  type ClusterPlace,
  hasCluster,
  isShortRun,
  makeClusterPlace,
} from "../testing/cluster.ts";
import { someQuestions } from "../testing/query-catalogue.ts";
import { runCli } from "../testing/run-cli.ts";

/** Of which both estates have bills, at least in the second. */
const MONTHS = ["--from", "2025-12", "--to", "2026-01"] as const;

/** Bills of two clouds as the demo makes them, through the same commands that people type. */
describe
  .skipIf(!hasCluster)
  .each([...(isShortRun ? [] : [["securebase", 1] as const]), ["aiprod", 2] as const])(
  `--engine trino for %s, ${CLUSTER_TESTS}`,
  (estate, offset) => {
    let place: ClusterPlace;
    let env: Record<string, string>;
    beforeAll(async () => {
      place = makeClusterPlace();
      const made = await runCli(["demo", "--estate", estate], { env: { XDG_DATA_HOME: place.root } });
      expect(made.err).not.toContain("Error");
      const below = join("trimtab", "demo", "lakes", estate);
      env = {
        ...place.env,
        TRIMTAB_LAKE: join(place.root, below),
        TRIMTAB_TRINO_LOCATION: `${place.location}/${below}`,
      };
      const published = await runCli(["lake", "publish", "--json"], { env });
      expect(published).toMatchObject({ code: 0, err: "" });
    });
    afterAll(() => place.drop());

    /** The embedded engine's answer, which the cluster's equals. */
    const expectSame = async (argv: readonly string[]): Promise<unknown> => {
      const [embedded, cluster] = [
        await runCli([...argv, "--json"], { env }),
        await runCli([...argv, "--json", "--engine", "trino"], { env }),
      ];
      expect(cluster, argv.join(" ")).toEqual(embedded);
      expect(embedded.code).toBe(0);
      return JSON.parse(embedded.out);
    };

    it("answers the catalogue alike", async () => {
      await inTurns(someQuestions(offset), 8, (question) => expectSame(["query", question]));
    }, 1_200_000);

    it("analyses and explains alike", async () => {
      const explain = ["explain", ...MONTHS, "--by", "ServiceName"];
      for (const argv of [["analyze", ...MONTHS], explain])
        expect(await expectSame(argv), argv.join(" ")).not.toEqual([]);
    }, 600_000);

    it("is healthy in the eyes of the doctor", async () => {
      const { out } = await runCli(["doctor", "--json"], { env, now: new Date().toISOString() });
      const { findings } = JSON.parse(out) as { findings: { area: string; status: string; name: string }[] };
      const cluster = findings.filter(({ area }) => area === "cluster");
      expect(cluster.filter(({ status }) => status === "broken")).toEqual([]);
      expect(cluster.find(({ name }) => name === "Trino: published")).toMatchObject({ status: "ok" });
    });
  },
);
