import { z } from "zod";
import { momentOf, type NormaliseContext, needed } from "../normalise.ts";

/** A moment as the SDK (a date) and the command line (a text) give it. */
export const moment = z.union([z.string(), z.date()]).transform(momentOf).optional();

/** Keys and values of AWS' tags. */
export const tagList = z
  .array(z.object({ Key: z.string(), Value: z.string().default("") }))
  .default([])
  .transform((tags) => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])));

/** `arn:aws:rds:us-east-1:123456789012:db:orders` */
interface Arn {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export const parseArn = (arn: string | undefined): Arn | undefined => {
  const [, partition, region, account] = /^arn:([^:]+):[^:]+:([^:]*):([^:]*):/.exec(arn ?? "") ?? [];
  if (partition === undefined || region === undefined || account === undefined) return undefined;
  return { partition, region, account };
};

/** `us-east-1a` is in `us-east-1`; a local zone (`us-west-2-lax-1a`) in `us-west-2`. */
export const regionOfZone = (zone: string): string => /^[a-z]{2}(?:-[a-z]+)+-\d/.exec(zone)?.[0] ?? zone;

/** Where a resource is, by what it says of itself, else by what was asked. @throws INVENTORY_SCOPE_UNKNOWN */
export const awsScope = (
  own: { readonly account?: string | undefined; readonly region?: string | undefined },
  body: unknown,
  context: NormaliseContext,
) =>
  ({
    provider: "aws",
    account: needed(own.account || context.account, "account", body, context),
    region: needed(own.region || context.region, "region", body, context),
  }) as const;

/** China and GovCloud have names of their own. */
const partitionOf = (region: string): string => {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
};

export const arnOf = (
  service: string,
  { region, account }: { readonly region: string; readonly account: string },
  resource: string,
): string => `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
