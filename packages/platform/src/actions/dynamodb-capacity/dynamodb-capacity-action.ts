import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { type Command, defineAction } from "../action.ts";
import { pick, refused, wantedChanges } from "../shared/changes.ts";
import { aws, word } from "../shared/commands.ts";
import { readJson } from "../shared/read-json.ts";

type Kind = "AWS::DynamoDB::Table";
type Settings = { readonly [setting: string]: Json };

const wantedSchema = z.strictObject({
  billingMode: z.enum(["PROVISIONED", "PAY_PER_REQUEST"]).optional(),
  // 40,000 a table unless AWS was asked for more, which the API then says itself.
  readCapacityUnits: z.int().min(1).max(1_000_000).nullable().optional(),
  writeCapacityUnits: z.int().min(1).max(1_000_000).nullable().optional(),
});

const answer = z.object({
  Table: z.object({
    TableStatus: z.string(),
    BillingModeSummary: z.object({ BillingMode: z.string().optional() }).optional(),
    ProvisionedThroughput: z
      .object({
        ReadCapacityUnits: z.number().default(0),
        WriteCapacityUnits: z.number().default(0),
        NumberOfDecreasesToday: z.number().default(0),
      })
      .default({ ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 }),
    GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string() })).default([]),
  }),
});
const SETTINGS = ["billingMode", "readCapacityUnits", "writeCapacityUnits"] as const;
const date = "2026-11-22";

/** How a DynamoDB table's capacity is bought. */
export const dynamodbCapacityAction = defineAction<Kind>({
  apiVersion: 1,
  id: "dynamodb-capacity",
  summary: "billing mode and provisioned capacity of a DynamoDB table",
  kinds: ["AWS::DynamoDB::Table"],
  changes: SETTINGS,
  facts: [
    {
      text: "A table can go from provisioned to on-demand capacity four times in 24 hours, and back at any time.",
      source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/switching.capacitymode.html",
      date,
    },
    {
      text: "Provisioned capacity can be lowered only a limited number of times a day (UTC); the table says how often it was.",
      source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Limits.html",
      date,
    },
    {
      text: "While a table is UPDATING no other change of it is taken; it answers requests all the while.",
      source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html",
      date,
    },
  ],
  read: (resource) => table(resource, "describe-table"),
  isAbsent: ({ stderr }) => /ResourceNotFoundException/.test(stderr),
  parseState: (output, resource) => {
    if (output === undefined) return { exists: false };
    const { Table } = readJson("aws", output, answer, resource);
    const isOnDemand = Table.BillingModeSummary?.BillingMode === "PAY_PER_REQUEST";
    const { ReadCapacityUnits, WriteCapacityUnits, NumberOfDecreasesToday } = Table.ProvisionedThroughput;
    return {
      exists: true,
      status: Table.TableStatus,
      billingMode: isOnDemand ? "PAY_PER_REQUEST" : "PROVISIONED",
      readCapacityUnits: isOnDemand ? null : ReadCapacityUnits,
      writeCapacityUnits: isOnDemand ? null : WriteCapacityUnits,
      decreasesToday: NumberOfDecreasesToday,
      indexes: Table.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName).toSorted(),
    };
  },
  plan: (request) => {
    const { resource, state } = request;
    const checked = wantedChanges(request, wantedSchema);
    if ("refusal" in checked) return refused(checked.refusal);
    if (state.status !== "ACTIVE") return refused(`the table is ${String(state.status)} now`);
    const from = pick(state, SETTINGS);
    const to = completed({ ...from, ...(checked.wanted as Settings) });
    const problem = capacityProblem(to, state);
    if (problem !== undefined) return refused(problem);
    const step = {
      title: `Set ${said(to)} of the table ${resource.name}`,
      before: { exists: true, status: "ACTIVE", ...from },
      apply: [update(resource, to)],
      after: { exists: true, status: "ACTIVE", ...to },
      rollback: [update(resource, from)],
      restored: { exists: true, status: "ACTIVE", ...from },
      reversibility: "reversible" as const,
      settleSeconds: 1800,
      watchSeconds: 1800,
    };
    return { status: "planned", steps: [step], notes: NOTES };
  },
  terraform: (_, changes) => {
    const names: Readonly<Record<string, string>> = {
      billingMode: "billing_mode",
      readCapacityUnits: "read_capacity",
      writeCapacityUnits: "write_capacity",
    };
    return {
      type: "aws_dynamodb_table",
      attributes: Object.fromEntries(changes.map(({ setting, to }) => [names[setting] ?? setting, to])),
    };
  },
});

const NOTES = [
  "Automatic scaling of the table, where there is, sets capacity as it sees fit: change its limits too.",
  "Too little capacity throttles requests: watch them.",
];

/** On-demand capacity has no units. */
const completed = (to: Settings): Settings =>
  to.billingMode === "PAY_PER_REQUEST" ? { ...to, readCapacityUnits: null, writeCapacityUnits: null } : to;

function capacityProblem(to: Settings, state: Settings): string | undefined {
  if (to.billingMode === "PAY_PER_REQUEST") return undefined;
  if (to.readCapacityUnits === null || to.writeCapacityUnits === null)
    return "provisioned capacity needs both its read and its write units";
  const indexes = state.indexes as readonly string[];
  return state.billingMode === "PAY_PER_REQUEST" && indexes.length > 0
    ? `its indexes ${indexes.join(", ")} would need capacity of their own, which this action does not set`
    : undefined;
}

function update(resource: ResourceRef, settings: Settings): Command {
  const { billingMode, readCapacityUnits, writeCapacityUnits } = settings;
  const units = `ReadCapacityUnits=${String(readCapacityUnits)},WriteCapacityUnits=${String(writeCapacityUnits)}`;
  const capacity = billingMode === "PROVISIONED" ? ["--provisioned-throughput", units] : [];
  return table(resource, "update-table", "--billing-mode", String(billingMode), ...capacity);
}

const said = (settings: Settings): string =>
  Object.entries(settings)
    .flatMap(([name, value]) => (value === null ? [] : [`${name} ${String(value)}`]))
    .join(", ");

const table = ({ scope, name }: ResourceRef, verb: string, ...options: readonly string[]): Command =>
  aws(scope, "dynamodb", verb, "--table-name", word("name", name), ...options);
