import { instantOf } from "@trimtab/domain";
import type { EvidenceSources } from "../../ledger/programme/criteria/measure.ts";
import type { Work } from "../work.ts";
import type { LoadedProgramme } from "./load-board.ts";

/** Where the criteria of a programme look: the lake's costs, business metrics and metrics of resources, and the programme's own records. */
export async function evidenceSources(
  { services }: Work,
  { board, source }: LoadedProgramme,
): Promise<EvidenceSources> {
  const signed = board.programme["sign-offs"] ?? [];
  return {
    costs: source,
    metrics: await services.openResourceMetrics(),
    currency: board.programme.currency,
    now: instantOf(services.clock()),
    signOffs: signed.flatMap(({ title, closed }) => (closed ? [] : [title])),
  };
}
