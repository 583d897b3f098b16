import { z } from "zod";
import { type Normaliser, otherNames, readBody } from "../normalise.ts";
import { awsScope, moment, parseArn } from "./aws-names.ts";

const table = z.object({
  TableName: z.string(),
  TableArn: z.string(),
  TableId: z.string().optional(),
  CreationDateTime: moment,
  BillingModeSummary: z.object({ BillingMode: z.enum(["PROVISIONED", "PAY_PER_REQUEST"]) }).optional(),
  ProvisionedThroughput: z
    .object({ ReadCapacityUnits: z.number().optional(), WriteCapacityUnits: z.number().optional() })
    .optional(),
  TableClassSummary: z.object({ TableClass: z.string() }).optional(),
  TableSizeBytes: z.number().default(0),
  ItemCount: z.number().default(0),
});

/**
 * A table as DescribeTable gives it. Without a summary of its billing mode it was always provisioned.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html, 2026-06
 */
export const dynamoTable = (
  tags: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(),
): Normaliser<"AWS::DynamoDB::Table"> => ({
  kind: "AWS::DynamoDB::Table",
  normalise: (body, context) => {
    const found = readBody(table, body, context);
    const billingMode = found.BillingModeSummary?.BillingMode ?? "PROVISIONED";
    const isProvisioned = billingMode === "PROVISIONED";
    const units = (count: number | undefined) => (isProvisioned ? (count ?? null) : null);
    return {
      kind: "AWS::DynamoDB::Table",
      id: found.TableArn,
      name: found.TableName,
      scope: awsScope(parseArn(found.TableArn) ?? {}, body, context),
      aliases: otherNames(found.TableArn, [found.TableId]),
      settings: {
        billingMode,
        readCapacityUnits: units(found.ProvisionedThroughput?.ReadCapacityUnits),
        writeCapacityUnits: units(found.ProvisionedThroughput?.WriteCapacityUnits),
        tableClass: found.TableClassSummary?.TableClass ?? "STANDARD",
        sizeBytes: String(found.TableSizeBytes),
        items: String(found.ItemCount),
      },
      tags: tags.get(found.TableArn) ?? {},
      ...(found.CreationDateTime === undefined ? {} : { createdAt: found.CreationDateTime }),
      readAt: context.readAt,
    };
  },
});
