import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { instantOf } from "@trimtab/domain";
import type { ClaimsFormat } from "../../insight/claims/parse-claims.ts";
import type { LakeFigures } from "../../insight/claims/rules/lake.ts";
import { type CommandContext, type CommandInput, defineCommand } from "../command.ts";
import { ENGINE_OPTION, engineOf } from "../engine-option.ts";
import { EXIT_CODES } from "../exit-codes.ts";

const FORMATS = ["yaml", "csv"] as const satisfies readonly ClaimsFormat[];

export const auditClaimsCommand = defineCommand({
  name: "audit-claims",
  summary: "check a sheet of claimed costs, savings, dates and targets against itself and the lake",
  group: "prove",
  details: [
    "Sums, shares, before and after, ranges, averages, returns and schedules are worked out exactly; a figure holds if the true value rounds to the digits it is given to. Savings counted twice, discounts on what can't be discounted, targets called met and work called complete over open boxes are found, too.",
    "The sheet is YAML or CSV, as docs/reference/claims.md says. Exits with 1 if a claim is wrong.",
  ],
  args: [{ name: "file", description: "the sheet of claims", required: true }],
  options: [
    { name: "against-lake", description: "check claims with a `lake:` query against the lake, too" },
    { name: "format", value: "FORMAT", choices: FORMATS, description: "of the file (default: by its name)" },
    ENGINE_OPTION,
    { name: "all", description: "also list the figures of all findings and what held, as tables" },
  ],
  examples: [
    { run: "trimtab audit-claims examples/estates/aiprod/claims.yaml", does: "what is wrong with a paper" },
    { run: "trimtab audit-claims claims.csv --all", does: "with the figures, and what held" },
    { run: "trimtab audit-claims claims.yaml --against-lake", does: "compare with the bills as well" },
  ],
  async run(context, input) {
    const { parseClaims } = await import("../../insight/claims/parse-claims.ts");
    const { auditClaims } = await import("../../insight/claims/audit-claims.ts");
    const { claimsDocument } = await import("../views/claims.ts");
    const file = typeof input.args.file === "string" ? input.args.file : "";
    const text = await readFile(resolve(context.cwd, file), "utf8");
    const sheet = parseClaims(text, formatOf(file, input), file);
    const report = await auditClaims(sheet, await lakeOf(context, input));
    return {
      document: claimsDocument(report, { all: input.options.all === true }),
      json: report,
      exitCode: report.counts.wrong > 0 ? EXIT_CODES.no.code : EXIT_CODES.ok.code,
    };
  },
});

function formatOf(file: string, { options }: CommandInput): ClaimsFormat {
  const asked = FORMATS.find((format) => format === options.format);
  return asked ?? (extname(file).toLowerCase() === ".csv" ? "csv" : "yaml");
}

async function lakeOf(context: CommandContext, input: CommandInput): Promise<LakeFigures | undefined> {
  if (input.options["against-lake"] !== true) return undefined;
  const { services, currency, timeZone, signal } = context;
  const { lakeFigures } = await import("../../insight/claims/lake-figures.ts");
  return lakeFigures(await services.openEngine(engineOf(input)), {
    scope: "unrestricted",
    currency: currency ?? "each",
    timeZone,
    now: instantOf(services.clock()),
    signal,
  });
}
