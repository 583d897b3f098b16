import { z } from "zod";
import { type Normaliser, readBody } from "../normalise.ts";
import { awsScope, parseArn } from "./aws-names.ts";

const fn = z.object({
  FunctionName: z.string(),
  FunctionArn: z.string(),
  MemorySize: z.number().default(128),
  Timeout: z.number().default(3),
  Architectures: z.array(z.string()).default(["x86_64"]),
  Runtime: z.string().optional(),
});

/** What has to be asked for one by one. */
export interface FunctionFacts {
  readonly provisionedConcurrency: number | null;
  readonly reservedConcurrency: number | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html, 2026-06 */
export const lambdaFunction = (
  facts: ReadonlyMap<string, FunctionFacts> = new Map(),
): Normaliser<"AWS::Lambda::Function"> => ({
  kind: "AWS::Lambda::Function",
  normalise: (body, context) => {
    const found = readBody(fn, body, context);
    // A version's own ARN ends in its number
    const id = found.FunctionArn.split(":").slice(0, 7).join(":");
    const own = facts.get(id);
    return {
      kind: "AWS::Lambda::Function",
      id,
      name: found.FunctionName,
      scope: awsScope(parseArn(id) ?? {}, body, context),
      aliases: [],
      settings: {
        memoryMiB: found.MemorySize,
        timeoutSeconds: found.Timeout,
        architecture: found.Architectures[0] ?? "x86_64",
        runtime: found.Runtime ?? null,
        provisionedConcurrency: own?.provisionedConcurrency ?? null,
        reservedConcurrency: own?.reservedConcurrency ?? null,
      },
      tags: own?.tags ?? {},
      readAt: context.readAt,
    };
  },
});
