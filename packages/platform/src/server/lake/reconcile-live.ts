import { liveInputs } from "../../insight/reconcile/live-inputs.ts";
import { type FileReconciliation, reconcileFiles } from "../../insight/reconcile/reconcile-files.ts";
import type { SourceDefinition } from "../../lake/source-definition.ts";
import { findBills } from "../../sources/load-bills.ts";
import type { Asking } from "../queries/query-context.ts";
import type { Questions } from "../queries/questions.ts";

export interface LiveReconciliation {
  readonly lakeVersion: number;
  readonly lines: readonly FileReconciliation[];
  /** Files that are not where they were, or have changed since. */
  readonly filesGone: readonly string[];
}

/** The files that live loads were made of, read again, against the lake. For whoever sees all charges. */
export const reconcileLive = (
  {
    questions,
    sources,
  }: { readonly questions: Questions; readonly sources: Readonly<Record<string, SourceDefinition>> },
  asking: Asking,
): Promise<LiveReconciliation> =>
  questions.work("reconciliation", null, asking, async ({ lake, signal, context: { lakeVersion } }) => {
    const { present, gone } = await liveInputs(lake);
    if (present.length === 0) return { lakeVersion, lines: [], filesGone: gone };
    const { inputs } = await findBills(lake, { patterns: present, cwd: "/", sources, signal });
    return { lakeVersion, lines: await reconcileFiles(lake, inputs, { signal }), filesGone: gone };
  });
