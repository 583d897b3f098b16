import { FOCUS_VERSIONS, type FocusVersion } from "@trimtab/domain";
import type { ConformanceReport } from "../../insight/conformance/score-bills.ts";
import { defineCommand } from "../command.ts";

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value : typeof value === "string" ? [value] : [];

export const conformanceCommand = defineCommand({
  name: "conformance",
  summary: "score bills against the FOCUS version they declare, as delivered and as mapped",
  group: "prove",
  details: [
    "Files are scored twice: their rows as delivered against the version they declare, and the charges they become against FOCUS 1.4. Without files, the charges of the lake are scored.",
    "Only rules that the data can answer count. What is not assessable is listed with its reason, outside the score. A rule that depends on what the provider supports counts when its column is there, or when --supports says so.",
    "Exit code 1 when a MUST rule is broken.",
  ],
  args: [{ name: "files", description: "files, folders or quoted globs", variadic: true }],
  options: [
    {
      name: "focus-version",
      value: "VERSION",
      choices: FOCUS_VERSIONS,
      description: "judge against this version instead",
    },
    {
      name: "supports",
      value: "CRITERION",
      repeatable: true,
      description: "the provider supports this, e.g. TAGGING_SUPPORTED",
    },
    { name: "source", value: "ID", description: "read all files as this source" },
    { name: "all", description: "also list every rule that is not assessable" },
  ],
  examples: [
    { run: "trimtab conformance focus-june.parquet", does: "score one file, as delivered and as mapped" },
    { run: "trimtab conformance", does: "score the charges of the lake" },
    { run: "trimtab conformance june.csv --focus-version 1.2 --all", does: "every rule of the 1.2 model" },
  ],
  async run({ services, cwd, signal }, { args, options }) {
    const { scoreFiles, scoreLake } = await import("../../insight/conformance/score-bills.ts");
    const version = FOCUS_VERSIONS.find((known) => known === options["focus-version"]);
    const request = {
      sources: await services.sources(),
      supported: listOf(options.supports),
      signal,
      ...(version === undefined ? {} : { version: version as FocusVersion }),
      ...(typeof options.source === "string" ? { as: options.source } : {}),
    };
    const lake = await services.openLake();
    const patterns = listOf(args.files);
    const report: ConformanceReport =
      patterns.length > 0
        ? await scoreFiles(lake, patterns, cwd, request)
        : { inputs: [], mapped: await scoreLake(lake, request) };
    const { conformanceDocument, breaksAMust } = await import("../views/conformance.ts");
    return {
      document: conformanceDocument(report, { all: options.all === true }),
      json: report,
      exitCode: breaksAMust(report) ? 1 : 0,
    };
  },
});
