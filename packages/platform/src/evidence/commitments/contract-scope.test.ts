import { expect, it } from "vitest";
import { readScope } from "./contract-scope.ts";

const rule = (Dimension: string, Operator: string, ...Values: string[]) => ({ Dimension, Operator, Values });
const scope = (body: object) => readScope(JSON.stringify(body));
const usage = { ServiceName: "Virtual Machines", RegionId: "westeurope", SubAccountId: null };

it.each([
  ["everything", { IsGlobalScope: true }, true],
  [
    "a region, whatever its case",
    { InclusionOperator: "And", Inclusions: [rule("RegionId", "In", "WestEurope")] },
    true,
  ],
  ["another region", { InclusionOperator: "And", Inclusions: [rule("RegionId", "In", "eastus")] }, false],
  [
    "one of two rules",
    {
      InclusionOperator: "Or",
      Inclusions: [rule("RegionId", "In", "eastus"), rule("ServiceName", "StartsWith", "virtual")],
    },
    true,
  ],
  [
    "everything but this service",
    { IsGlobalScope: true, Exclusions: [rule("ServiceName", "Contains", "machines")] },
    false,
  ],
  [
    "what is not known of the usage",
    { InclusionOperator: "And", Inclusions: [rule("SubAccountId", "In", "1")] },
    undefined,
  ],
  [
    "what is not known, where another rule decides",
    {
      InclusionOperator: "And",
      Inclusions: [rule("SubAccountId", "In", "1"), rule("RegionId", "NotIn", "westeurope")],
    },
    false,
  ],
])("tells of a contract for %s", (_, body, applies) => {
  expect(scope(body)?.(usage)).toBe(applies);
});

it.each([
  ["is too complex", '{"IsComplexScope":true}'],
  ["covers a fraction", '{"IsGlobalScope":true,"Applicability":{"Cost":0.5}}'],
  ["says nothing", "{}"],
  ["is no JSON", "all of it"],
])("does not guess where it %s", (_, text) => {
  expect(readScope(text)).toBeUndefined();
});
