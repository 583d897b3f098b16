import { DDL_ENGINES } from "../../lake/ddl.ts";
import { defineCommand } from "../command.ts";
import { wholeNumber } from "../option-values.ts";

export const lakeDdlCommand = defineCommand({
  name: "lake ddl",
  summary: "print how another engine reads exactly this version's files",
  group: "lake",
  details: [
    "A glob over the lake's folder would sum old and new loads of a month. The statements name this version's files only; run them again after a load.",
  ],
  options: [
    { name: "engine", value: "NAME", description: "who reads", choices: DDL_ENGINES, default: "duckdb" },
    {
      name: "location",
      value: "URL",
      description:
        "where that engine sees the lake's folder, e.g. s3://bucket/lake (default: the folder itself)",
    },
    { name: "lake-version", value: "N", description: "an older version of the lake" },
  ],
  examples: [
    { run: "trimtab lake ddl | duckdb my.duckdb", does: "make the view `charges` in a DuckDB file" },
    {
      run: "trimtab lake ddl --engine athena --location s3://acme-lake/costs",
      does: "for Athena over a copy on S3",
    },
  ],
  async run({ services }, { options }) {
    const { lakeDdl } = await import("../../lake/ddl.ts");
    const lake = await services.openLake();
    const version = options["lake-version"];
    const snapshot = await lake.snapshot(
      version === undefined ? undefined : wholeNumber("--lake-version", version, 0),
    );
    const engine = DDL_ENGINES.find((known) => known === options.engine) ?? "duckdb";
    const location = (typeof options.location === "string" ? options.location : lake.root).replace(
      /\/+$/,
      "",
    );
    const statements = lakeDdl(engine, { manifest: snapshot.manifest, location });
    const sql = `${statements.join("\n\n")}\n`;
    return {
      document: { title: "", blocks: [{ kind: "code", text: sql }] },
      raw: sql,
      json: { engine, version: snapshot.version, location, statements },
    };
  },
});
