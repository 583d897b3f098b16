import { z } from "zod";

const OPERATORS = [
  "In",
  "NotIn",
  "StartsWith",
  "NotStartsWith",
  "Contains",
  "NotContains",
  "EndsWith",
  "Exists",
  "DoesNotExist",
] as const;
const rule = z.object({
  Dimension: z.string(),
  Operator: z.enum(OPERATORS),
  Values: z.array(z.string()),
  Applicability: z.unknown().optional(),
});
type Rule = z.output<typeof rule>;

const applicability = z.object({
  IsGlobalScope: z.boolean().nullish(),
  IsComplexScope: z.boolean().nullish(),
  Applicability: z.unknown().optional(),
  InclusionOperator: z.enum(["And", "Or"]).nullish(),
  Inclusions: z.array(rule).nullish(),
  ExclusionOperator: z.enum(["And", "Or"]).nullish(),
  Exclusions: z.array(rule).nullish(),
});

/** What a usage is, by names of FOCUS columns; absent: not known. */
export type Dimensions = Readonly<Record<string, string | null>>;

/** Whether a contract's commitment may cover a usage; undefined: it can't be told. */
export type ContractScope = (dimensions: Dimensions) => boolean | undefined;

/**
 * A FOCUS ContractCommitmentApplicability. Undefined for one that says that it is too complex to say, that covers a fraction only, or
 * that is not understood.
 * @see https://github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec
 *   specification/datasets/contract_commitment/columns/contractcommitmentapplicability.md, 1.4, 2026-11-22
 */
export const readScope = (text: string): ContractScope | undefined => {
  const parsed = applicability.safeParse(jsonOf(text));
  if (!parsed.success || parsed.data.IsComplexScope) return undefined;
  const { data } = parsed;
  const inclusions = data.Inclusions ?? [];
  const exclusions = data.Exclusions ?? [];
  if ([data, ...inclusions].some((one) => one.Applicability != null)) return undefined;
  if (!data.IsGlobalScope && inclusions.length === 0) return undefined;
  return (dimensions) => {
    const included = data.IsGlobalScope || joined(data.InclusionOperator ?? "And", inclusions, dimensions);
    if (included === false || exclusions.length === 0) return included;
    const excluded = joined(data.ExclusionOperator ?? "Or", exclusions, dimensions);
    if (excluded === true) return false;
    return excluded === undefined ? undefined : included;
  };
};

/** One rule that can't be told leaves open what the others don't decide. */
const joined = (
  operator: "And" | "Or",
  rules: readonly Rule[],
  dimensions: Dimensions,
): boolean | undefined => {
  const answers = rules.map((each) => holds(each, dimensions));
  const decides = operator === "Or";
  if (answers.includes(decides)) return decides;
  return answers.includes(undefined) ? undefined : !decides;
};

const holds = ({ Dimension, Operator, Values }: Rule, dimensions: Dimensions): boolean | undefined => {
  if (Values.includes("*") && (Operator === "In" || Operator === "Contains")) return true;
  const value = dimensions[Dimension]?.toLowerCase();
  if (value === undefined) return undefined;
  const values = Values.map((one) => one.toLowerCase());
  switch (Operator) {
    case "In":
      return values.includes(value);
    case "NotIn":
      return !values.includes(value);
    case "StartsWith":
      return values.some((one) => value.startsWith(one));
    case "NotStartsWith":
      return !values.some((one) => value.startsWith(one));
    case "Contains":
      return values.some((one) => value.includes(one));
    case "NotContains":
      return !values.some((one) => value.includes(one));
    case "EndsWith":
      return values.some((one) => value.endsWith(one));
    case "Exists":
      return true;
    case "DoesNotExist":
      return false;
  }
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
