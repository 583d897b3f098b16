import { ESTATE_IDS, type EstateId } from "../../demo/estate.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import type { DemoEstate } from "../demo-estate.ts";
import { EXIT_CODES } from "../exit-codes.ts";

const ALL = "all";

export const demoCommand = defineCommand({
  name: "demo",
  summary: "make the bills of four companies, load them and show what they say",
  group: "observe",
  details: [
    "The bills are made in the providers' own formats and always the same: two of Google Cloud's detailed export, one AWS CUR 2.0 and one FOCUS export with OpenCost's allocations beside it. Their totals are what the companies published, to the cent.",
    "Each company gets a lake of its own in the demo's folder, made anew each time; your lake is not touched. Anomalies are planted and labelled in anomalies.json beside the bills.",
  ],
  options: [
    {
      name: "estate",
      value: "NAME",
      description: "only this company",
      choices: [...ESTATE_IDS, ALL],
      default: ALL,
    },
    { name: "keep", value: "DIR", description: "make the bills in this folder instead of the demo's own" },
  ],
  examples: [
    { run: "trimtab demo", does: "all four companies" },
    { run: "trimtab demo --estate aiprod --keep bills", does: "one company, its bills in ./bills/aiprod" },
  ],
  async run(context, { options }) {
    const { demoDocument, demoJson } = await import("../views/demo.ts");
    const keep = typeof options.keep === "string" ? options.keep : undefined;
    const estates = await runEstates(context, chosen(options.estate), keep);
    const isExact = estates.every((estate) => estate.isExact);
    return {
      document: demoDocument(estates, programName(context.env)),
      json: demoJson(estates),
      exitCode: isExact ? EXIT_CODES.ok.code : EXIT_CODES.no.code,
    };
  },
});

function chosen(estate: unknown): readonly EstateId[] {
  return ESTATE_IDS.filter((id) => estate === ALL || estate === id);
}

async function runEstates(
  context: CommandContext,
  ids: readonly EstateId[],
  keep: string | undefined,
): Promise<DemoEstate[]> {
  const { demoPlace, runDemoEstate } = await import("../demo-estate.ts");
  const place = demoPlace(context.env, context.cwd, keep);
  const done: DemoEstate[] = [];
  for (const id of ids) {
    context.progress.step("Making and loading bills", done.length, ids.length, "estates");
    done.push(await runDemoEstate(context, id, place));
  }
  return done;
}

/** What a reader types to run this program: without an installation, npm runs it. */
function programName(env: CommandContext["env"]): string {
  return env.npm_lifecycle_event === undefined ? "trimtab" : "npx trimtab";
}
