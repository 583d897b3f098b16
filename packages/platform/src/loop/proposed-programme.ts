import { currencyCode, type Day, type Decimal, type Recommendation } from "@trimtab/domain";
import { linesOfResources } from "../ledger/programme/baseline.ts";
import type { ProgrammeFile } from "../ledger/programme/file/programme-schema.ts";
import { taskOf } from "./programme/accepted-programme.ts";
import { type LoadedProgramme, openSource } from "./programme/load-board.ts";
import type { Work } from "./work.ts";

/** A task's id has no more than small letters, digits and hyphens, as a recommendation's. */
export interface Identified {
  readonly id: string;
  readonly recommendation: Recommendation;
}

/**
 * The programme that recommendations would make if all of them were accepted, the best first; kept nowhere. Only those in the
 * currency of the first are in it.
 */
export async function proposedProgramme(
  work: Work,
  list: readonly Identified[],
  { starts, hourlyCost }: { readonly starts: Day; readonly hourlyCost: Decimal },
): Promise<LoadedProgramme | undefined> {
  const [first] = list;
  if (first === undefined) return undefined;
  const { currency } = first.recommendation.costNow;
  const own = list.filter(({ recommendation }) => recommendation.costNow.currency === currency);
  const programme: ProgrammeFile = {
    version: 1,
    name: "What the recommendations would make",
    currency,
    starts,
    rate: String(hourlyCost),
    tasks: own.map(taskOf),
  };
  const source = await openSource(work);
  const lines = await linesOfResources(
    programme,
    source,
    own.map(({ recommendation }) => recommendation.resource.id),
  );
  const recommendations = new Map(
    own.map(({ id, recommendation }) => {
      const line = lines.get(recommendation.resource.id);
      const isSame = recommendation.costNow.currency === currencyCode(programme.currency);
      return [id, { recommendation, ...(line === undefined || !isSame ? {} : { line }) }] as const;
    }),
  );
  return { board: { programme, facts: new Map(), recommendations }, source };
}
