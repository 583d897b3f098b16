import { defineCommand } from "../command.ts";
import { wholeNumber } from "../option-values.ts";
import type { Block } from "../output/document.ts";

const CLUSTERS = ["trino"] as const;

export const lakePublishCommand = defineCommand({
  name: "lake publish",
  summary: "bring a cluster to a version of the lake, all of it at one moment",
  group: "lake",
  details: [
    "Makes new loads known to the cluster, where nobody sees them, counts every new file there, and then replaces one view: readers see the old version or the new one, never a mixture. Stopped half-way, the old version stays; run again, it goes on from there. No row is copied.",
    "The cluster is named by TRIMTAB_TRINO_URL and its catalog, schema, user and password by settings beside it: docs/guides/cluster.md.",
  ],
  options: [
    { name: "engine", value: "NAME", description: "whose tables", choices: CLUSTERS, default: "trino" },
    {
      name: "location",
      value: "URL",
      env: "TRIMTAB_TRINO_LOCATION",
      description: "where the cluster sees the lake's folder, e.g. s3://bucket/lake",
    },
    { name: "lake-version", value: "N", description: "an older version of the lake, to go back to it" },
  ],
  examples: [
    { run: "trimtab lake publish --location s3://acme-lake/costs", does: "show the newest version" },
    { run: "trimtab lake publish --lake-version 41", does: "go back to an older one" },
  ],
  async run({ services, progress, signal }, { options }) {
    const { publishToTrino } = await import("../../query/engines/trino/publish.ts");
    const { clusterErrors } = await import("../../query/engines/trino/errors.ts");
    const client = await services.openTrino();
    const { location, "lake-version": version } = options;
    if (typeof location !== "string") throw clusterErrors.create("CLUSTER_LOCATION_MISSING");
    const { store } = await services.openLake();
    const report = await publishToTrino({
      client,
      store,
      location: location.replace(/\/+$/, ""),
      version: version === undefined ? undefined : wholeNumber("--lake-version", version, 0),
      signal,
      onProgress: (step, done, total) => progress.step(step, done, total, "loads"),
    });
    const { catalog, schema } = client.settings;
    const blocks: Block[] = [
      {
        kind: "facts",
        facts: [
          ["Shown before", report.before === null ? "nothing" : `version ${report.before}`],
          ["Loads made known", String(report.registered)],
          ["Files counted", String(report.checkedFiles)],
          ["Loads forgotten", String(report.unregistered)],
        ],
      },
    ];
    const title = report.flipped
      ? `${catalog}.${schema}.charges shows version ${report.version}`
      : `A newer version than ${report.version} was published meanwhile, and stays`;
    return { document: { title, blocks }, json: { catalog, schema, location, ...report } };
  },
});
