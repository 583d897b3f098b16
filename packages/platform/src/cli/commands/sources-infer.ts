import { basename, resolve } from "node:path";
import type { CsvDialect } from "../../lake/source-definition.ts";
import { defineCommand } from "../command.ts";

const DELIMITERS: Readonly<Record<string, CsvDialect["delimiter"]>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  pipe: "|",
};

export const sourcesInferCommand = defineCommand({
  name: "sources infer",
  summary: "draft a mapping file for a table of charges that no source knows",
  group: "observe",
  details: [
    "Looks at the header and the first rows and writes a mapping to the output, with CHECK where a person has to look. Nothing of it is used until `trimtab ingest --mapping FILE` is told to.",
  ],
  args: [{ name: "file", description: "a CSV, Parquet or NDJSON file", required: true }],
  options: [
    {
      name: "delimiter",
      value: "NAME",
      description: "what parts the columns of a CSV",
      choices: Object.keys(DELIMITERS),
      default: "comma",
    },
  ],
  examples: [
    { run: "trimtab sources infer hosting.csv > hosting.yaml", does: "write a first draft" },
    { run: "trimtab sources infer hosting.csv --delimiter semicolon", does: "of a table with semicolons" },
  ],
  async run({ services, cwd }, { args, options }) {
    const path = resolve(cwd, String(args.file));
    const delimiter = DELIMITERS[String(options.delimiter)] ?? ",";
    const { inspectFile, readHeader } = await import("../../lake/input/inspect-file.ts");
    const { inferMapping } = await import("../../sources/csv/infer-mapping.ts");
    const file = await inspectFile(path);
    const { database } = await services.openLake();
    const header = await readHeader(file, { delimiter, nullTexts: [] }, database);
    const name = basename(path).replace(/(\.(csv|gz|zst|parquet|ndjson|jsonl?))+$/i, "");
    const { yaml, missing } = inferMapping(header, { name, delimiter });
    return {
      document: { title: "", blocks: [{ kind: "code", text: yaml }] },
      raw: yaml,
      json: { file: path, mapping: yaml, missing },
    };
  },
});
