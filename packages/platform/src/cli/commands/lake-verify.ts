import { defineCommand } from "../command.ts";
import { EXIT_CODES } from "../exit-codes.ts";

export const lakeVerifyCommand = defineCommand({
  name: "lake verify",
  summary: "read every row of the lake and compare counts and sums with its manifest",
  group: "lake",
  details: [
    "Proves that the files are what was committed: rows and sums of charges and rollups, digit for digit. Changes nothing. Exits with 1 where anything differs. `trimtab doctor` looks at the lake without reading its rows.",
  ],
  examples: [
    { run: "trimtab lake verify", does: "after moving or restoring a lake" },
    { run: "trimtab lake verify --json", does: "for a scheduled check" },
  ],
  async run({ services, signal, progress }) {
    const lake = await services.openLake();
    const { manifest, version } = await lake.snapshot();
    const { verifyLoads } = await import("../../lake/verify.ts");
    const discrepancies = await verifyLoads(lake.database, lake.storage, manifest, {
      signal,
      onProgress: (done, total) => progress.step("Reading", done, total, "loads"),
    });
    const rows = manifest.loads.reduce((sum, load) => sum + load.rows, 0);
    const isWhole = discrepancies.length === 0;
    const scope = `${manifest.loads.length} loads, ${rows.toLocaleString("en-US")} charges`;
    return {
      document: {
        title: isWhole ? "The lake is whole" : `${discrepancies.length} differences`,
        subtitle: `lake version ${version} · ${scope}`,
        blocks: isWhole
          ? []
          : [
              {
                kind: "table",
                id: "differences",
                columns: [
                  { name: "Load", kind: "text" },
                  { name: "What", kind: "text", wrap: true },
                  { name: "Manifest", kind: "text" },
                  { name: "Files", kind: "text", wrap: true },
                ],
                rows: discrepancies.map(({ load, what, expected, found }) => [load, what, expected, found]),
                note: "Ingest these months' bills again: a load is replaced, nothing is counted twice.",
              },
            ],
      },
      json: { version, whole: isWhole, loads: manifest.loads.length, rows, discrepancies },
      exitCode: isWhole ? EXIT_CODES.ok.code : EXIT_CODES.no.code,
    };
  },
});
