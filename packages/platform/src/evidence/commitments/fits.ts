import { type Decimal, ZERO } from "@trimtab/domain";
import { rateOfCover, type SeenCommitment, unitsToCover } from "./eligibility.ts";
import type { BilledUsage } from "./usage-kind.ts";

/** What tells usages apart for commitments: thousands of rows are of few kinds. */
const shapeOf = ({ service, meter, description, operation, details, region, account }: BilledUsage): string =>
  JSON.stringify([service, meter, description, operation, details, region, account]);

/** Computes once for each kind. */
export const remembered = <T>(compute: (usage: BilledUsage) => T): ((usage: BilledUsage) => T) => {
  const known = new Map<string, T>();
  return (usage) => {
    const shape = shapeOf(usage);
    const value = known.has(shape) ? (known.get(shape) as T) : compute(usage);
    known.set(shape, value);
    return value;
  };
};

/** Units of each commitment that usage on demand would take; only of those that can be freed. */
export const fitsOf = (
  commitments: ReadonlyMap<string, SeenCommitment>,
  freeable: ReadonlySet<string>,
): ((usage: BilledUsage) => ReadonlyMap<string, Decimal>) => {
  const rates = remembered((each) =>
    [...freeable].flatMap((id) => {
      const commitment = commitments.get(id);
      const rate = commitment === undefined ? undefined : rateOfCover(commitment, each);
      return rate === undefined ? [] : [[id, rate] as const];
    }),
  );
  return (each) =>
    new Map(rates(each).map(([id, rate]) => [id, unitsToCover(rate, each.effective ?? ZERO, each.quantity)]));
};
