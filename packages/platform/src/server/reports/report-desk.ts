import { createHash } from "node:crypto";
import { type Clock, canonicalJson, type Instant, instantOf, type Json } from "@trimtab/domain";
import type { Scope } from "../../query/types.ts";
import type { ReportDefinition } from "../../reports/definition/report-schema.ts";
import type { ReportRun } from "../../reports/run/report-run-schema.ts";
import { runReport } from "../../reports/run/run-report.ts";
import type { Caller } from "../access/caller.ts";
import { scopeText } from "../access/row-scope.ts";
import type { LakeWatch } from "../lake-watch.ts";
import { ownerOf, type Questions } from "../queries/questions.ts";
import { answerDataset } from "./answer-dataset.ts";
import type { DatasetParts } from "./datasets.ts";

/** What a saved report's result rests on. */
export interface ReportKey {
  readonly id: string;
  readonly version: number;
  readonly expiresAfterMinutes: number;
}

export interface KeptResult {
  readonly run: ReportRun;
  readonly expiresAt: Instant;
  readonly cached: boolean;
}

/** Runs reports for whoever looks: each within the caller's own scope and permissions, at one version of the lake. */
export interface ReportDesk {
  run(definition: ReportDefinition, caller: Caller, signal: AbortSignal): Promise<ReportRun>;
  /** A result that was kept for the same report, scope, permissions and bills, or a new one. */
  result(
    key: ReportKey,
    definition: ReportDefinition,
    caller: Caller,
    how: { readonly signal: AbortSignal; readonly refresh: boolean },
  ): Promise<KeptResult>;
}

export interface DeskParts extends DatasetParts {
  readonly questions: Questions;
  readonly watch: LakeWatch;
  readonly clock: Clock;
}

/** Results are some 100 KB each. */
const MOST_KEPT = 200;

export const createReportDesk = (parts: DeskParts): ReportDesk => {
  const { questions, watch, clock } = parts;
  const kept = new Map<string, { readonly run: ReportRun; readonly madeAt: number }>();

  const run: ReportDesk["run"] = async (definition, caller, signal) => {
    const { version } = await watch.newest();
    const asking = {
      owner: ownerOf(caller),
      scope: caller.scope,
      signal,
      currency: definition.parameters.currency,
      lakeVersion: version,
    };
    const isScoped = caller.scope !== "unrestricted";
    const query: Questions["query"] extends (request: infer R, ...rest: never[]) => infer A
      ? (request: R) => A
      : never = (request) => questions.query(request, asking);
    return await runReport(definition, {
      now: instantOf(clock()),
      scoped: isScoped,
      ...(isScoped ? { scopeText: scopeText(caller.scope) } : {}),
      query,
      dataset: (block, question) => answerDataset(parts, { caller, asking, query }, block, question),
    });
  };

  return {
    run,
    result: async (key, definition, caller, { signal, refresh }) => {
      const { version } = await watch.newest();
      const permissions = [...caller.permissions].sort();
      const name = canonicalJson({
        id: key.id,
        version: key.version,
        parameters: definition.parameters as Json,
        lakeVersion: version,
        scope: scopeDigest(caller.scope),
        permissions,
        today: instantOf(clock()).slice(0, 10),
      });
      const now = clock().getTime();
      // As the owner says now, whatever they said when it was made.
      const expiryOf = (madeAt: number) => new Date(madeAt + key.expiresAfterMinutes * 60_000);
      const found = kept.get(name);
      if (!refresh && found !== undefined && expiryOf(found.madeAt).getTime() > now)
        return { run: found.run, expiresAt: instantOf(expiryOf(found.madeAt)), cached: true };
      const made = await run(definition, caller, signal);
      kept.delete(name);
      kept.set(name, { run: made, madeAt: now });
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
      }
      return { run: made, expiresAt: instantOf(expiryOf(now)), cached: false };
    },
  };
};

/** Tells scopes apart without telling what is in them. */
export const scopeDigest = (scope: Scope): string =>
  createHash("sha256")
    .update(canonicalJson(scope as Json))
    .digest("hex");
