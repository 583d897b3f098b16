import type { ResourceKind } from "@trimtab/domain";
import type { CollectTask } from "../../evidence/inventory/collect.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { KIND_OPTION, KINDS, kindsOf } from "../inventory-options.ts";
import { inventoryChanges } from "../views/inventory-changes.ts";

const USAGE = "trimtab inventory collect --from gcp --project PROJECT";

export const inventoryCollectCommand = defineCommand({
  name: "inventory collect",
  summary: "read the settings of all resources from a cloud",
  group: "advise",
  details: [
    "Reads only; docs/guides/evidence.md lists the permissions. Credentials are the cloud's own: application default credentials of Google, the default chain of AWS. Each kind takes the place of what was known of it; a kind or region that can't be read keeps the old one, is said, and makes the command exit with 1.",
  ],
  options: [
    { name: "from", value: "CLOUD", choices: ["gcp", "aws"], description: "the cloud to ask" },
    { name: "project", value: "ID", repeatable: true, description: "Google Cloud: project; may be repeated" },
    {
      name: "region",
      value: "REGION",
      repeatable: true,
      description: "AWS: region, or `all`; may be repeated (default: AWS_REGION)",
    },
    KIND_OPTION,
  ],
  examples: [
    { run: "trimtab inventory collect --from gcp --project acme-prod", does: "all kinds of one project" },
    {
      run: "trimtab inventory collect --from aws --region eu-central-1 --region us-east-1",
      does: "two regions",
    },
    {
      run: "trimtab inventory collect --from aws --region all --kind AWS::EC2::Volume",
      does: "the volumes of every region",
    },
  ],
  async run(context, { options }) {
    const { services, progress } = context;
    const kinds = kindsOf(options.kind) ?? KINDS;
    const { collectAll } = await import("../../evidence/inventory/collect.ts");
    const tasks =
      options.from === "aws"
        ? await ofAws(context, options.region, kinds)
        : await ofGcp(context, options, kinds);
    const { collections, failures } = await collectAll(tasks, (done, of) =>
      progress.step("Reading", done, of, "lists"),
    );
    const store = await services.openInventory();
    return inventoryChanges(await store.replace(collections), failures);
  },
});

const missing = (argument: string) =>
  cliErrors.create("CLI_ARGUMENT_MISSING", { command: "inventory collect", argument, usage: USAGE });

const wordsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);

async function ofGcp(
  { env, signal, services }: CommandContext,
  options: Readonly<Record<string, unknown>>,
  kinds: readonly ResourceKind[],
): Promise<readonly CollectTask[]> {
  if (options.from !== "gcp") throw missing("--from gcp or --from aws");
  const projects = wordsOf(options.project);
  if (projects.length === 0) throw missing("--project");
  const { openGoogleApi } = await import("../../evidence/clouds/google-api.ts");
  const { gcpTasks } = await import("../../evidence/inventory/gcp/collect-gcp.ts");
  const api = openGoogleApi({ env, signal });
  const tasks = await Promise.all(projects.map((project) => gcpTasks(api, project, kinds, services.clock)));
  return tasks.flat();
}

async function ofAws(
  { env, services }: CommandContext,
  asked: unknown,
  kinds: readonly ResourceKind[],
): Promise<readonly CollectTask[]> {
  const { awsAccount, awsRegions, awsTasks } = await import("../../evidence/inventory/aws/collect-aws.ts");
  const own = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  const words = wordsOf(asked);
  const named = words.length > 0 ? words : own === undefined ? [] : [own];
  if (named.length === 0) throw missing("--region, or AWS_REGION");
  const isAll = named.includes("all");
  const first = isAll ? own || "us-east-1" : (named[0] ?? "");
  const regions = isAll ? await awsRegions(first) : named;
  return awsTasks(await awsAccount(first), regions, kinds, services.clock);
}
