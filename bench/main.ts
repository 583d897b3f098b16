import { availableParallelism, totalmem } from "node:os";
import { type Figure, markdownTable, type PrintTable, printFigure } from "./figure.ts";

type Bench = (out: (figure: Figure) => void, table: PrintTable) => Promise<void>;

const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  startup: async () => (await import("./startup.ts")).benchStartup,
  ingest: async () => (await import("./ingest.ts")).benchIngest,
  query: async () => (await import("./query.ts")).benchQuery,
  cluster: async () => (await import("./cluster.ts")).benchCluster,
  "advice-estate": async () => (await import("./advice/estate.ts")).benchEstate,
  "advice-scaling": async () => (await import("./advice/scaling.ts")).benchScaling,
  "advice-verification": async () => (await import("./advice/verification.ts")).benchVerification,
  "web-api": async () => (await import("./web/api.ts")).benchWebApi,
  "web-exports": async () => (await import("./web/exports.ts")).benchWebExports,
  "web-pages": async () => (await import("./web/pages.ts")).benchWebPages,
  delivery: async () => (await import("./delivery.ts")).benchDelivery,
  growth: async () => (await import("./growth.ts")).benchGrowth,
};

const words = process.argv.slice(2);
const json = words.includes("--json");
/** `advice` is all that begin with it. */
const namesOf = (word: string): readonly string[] =>
  word in BENCHES ? [word] : Object.keys(BENCHES).filter((name) => name.startsWith(`${word}-`));
const typed = words.filter((word) => !word.startsWith("--"));
const asked = typed.flatMap(namesOf);
const unknown = typed.filter((word) => namesOf(word).length === 0);
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}
if (!json)
  console.log(
    `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
  );
for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
  const run = await BENCHES[name]?.();
  await run?.(
    (figure) => printFigure(figure, json),
    (title, header, rows) => json || console.log(`\n${title}\n\n${markdownTable(header, rows)}\n`),
  );
}
