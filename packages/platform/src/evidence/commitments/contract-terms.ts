import type { Instant } from "@trimtab/domain";
import { CONTRACT_COMMITMENTS } from "../../lake/contract-commitments.ts";
import type { Lake } from "../../lake/lake.ts";
import { LOAD_COLUMN, scanOtherDataset } from "../../lake/other-dataset.ts";
import { type ContractScope, readScope } from "./contract-scope.ts";

/** What a contract says of a commitment. */
export interface ContractTerm {
  /** As the bill names the commitment in CommitmentDiscountId. */
  readonly id: string;
  readonly words: string;
  readonly end?: Instant;
  /** What it may cover; absent: the data set does not say, or not in a way that is understood. */
  readonly scope?: ContractScope;
}

/**
 * Terms of FOCUS Contract Commitment data sets, the newest load of each commitment; none where none was loaded. FOCUS names no column
 * that leads from a charge to its own term (`ContractApplied` names every contract that a charge counts towards, an agreement
 * on all spending, too), so a term is a commitment's only where both have the same id.
 */
export const readContractTerms = async (lake: Lake): Promise<readonly ContractTerm[]> => {
  const scan = await scanOtherDataset(lake, CONTRACT_COMMITMENTS);
  if (scan === undefined) return [];
  const { rows } = await lake.run({
    text:
      `SELECT id, concat_ws(' ', type, description), strftime(ends, '%Y-%m-%dT%H:%M:%SZ'), applicability FROM ${scan} ` +
      `QUALIFY row_number() OVER (PARTITION BY id ORDER BY ${LOAD_COLUMN} DESC, ends DESC NULLS LAST) = 1 ORDER BY 1`,
  });
  return rows.map(([id, words, end, applicability]) => {
    const scope = applicability === null ? undefined : readScope(String(applicability));
    return {
      id: String(id),
      words: String(words ?? ""),
      ...(end === null ? {} : { end: String(end) as Instant }),
      ...(scope === undefined ? {} : { scope }),
    };
  });
};
