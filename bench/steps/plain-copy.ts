import { rmSync } from "node:fs";
import { openDatabase } from "../../packages/platform/src/lake/database.ts";
import { quoteText } from "../../packages/platform/src/sql/dialect.ts";
import { reportStep } from "../child.ts";

/** The peer: a plain COPY of the same file to Parquet with the same compression, by the same engine and limits. */
const [file = "", format = "", target = ""] = process.argv.slice(2);
const read = format === "csv" ? `read_csv(${quoteText(file)})` : `read_parquet(${quoteText(file)})`;
const database = await openDatabase();
rmSync(target, { force: true });
await reportStep(async () => {
  await database.run({
    text: `COPY (SELECT * FROM ${read}) TO ${quoteText(target)} (FORMAT parquet, COMPRESSION zstd)`,
  });
});
database.close();
