import { decimal, formatDecimal, isZero, subtract } from "@trimtab/domain";
import type { VerificationReport } from "./plan-search.ts";

type Bill = NonNullable<VerificationReport["bill"]>;
type Effect = Exclude<keyof Bill["effects"], "usage">;

interface Line {
  readonly name: string;
  readonly amount: string;
  readonly about: string;
}

const effectNames: Readonly<Record<Effect, { readonly name: string; readonly about: string }>> = {
  rate: { name: "Prices", about: "list prices" },
  commitment: { name: "Commitments", about: "negotiated and commitment discounts, unused commitments" },
  credit: { name: "Credits", about: "as billed" },
  tax: { name: "Tax", about: "as billed" },
  correction: { name: "Corrections", about: "as billed" },
  "month-length": { name: "Length of the month", about: "more or fewer days" },
  rounding: { name: "Rounding", about: "what divisions to 12 places left over" },
};

/** The change of the bill in parts that sum to it, to the last digit. */
export const splitLines = ({ counterfactual, actual, drift, effects }: Bill): readonly Line[] => [
  {
    name: "The plan",
    amount: formatDecimal(subtract(decimal(actual), decimal(counterfactual))),
    about: "use there was, less the use there would have been",
  },
  { name: "Use, anyway", amount: drift, about: "how use would have changed without the plan" },
  ...(Object.keys(effectNames) as Effect[])
    .filter((id) => !isZero(decimal(effects[id])))
    .map((id) => ({ ...effectNames[id], amount: effects[id] })),
];
