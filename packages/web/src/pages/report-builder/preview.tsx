import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { ReportPaper } from "../../components/report/report-paper.tsx";
import type { Definition } from "../../components/report/report-types.ts";
import { Skeleton } from "../../components/skeleton.tsx";
import { useSettled } from "../../components/use-settled.ts";
import { sendable } from "./blocks.ts";

interface PreviewProps {
  readonly definition: Definition;
  readonly chosen: string | undefined;
}

const WAIT_MS = 400;

/** What the report says as it stands: asked once the hand rests; a question that is overtaken is cancelled. */
export const Preview = ({ definition, chosen }: PreviewProps) => {
  const settled = useSettled(definition, WAIT_MS);
  const preview = useQuery({
    queryKey: ["report-preview", sendable(settled)],
    queryFn: ({ signal }) =>
      call("POST /api/v1/report-previews", { body: { definition: sendable(settled) }, signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const isBehind = settled !== definition || preview.isFetching;
  return (
    <section aria-label="Preview" aria-busy={isBehind} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-6 items-center justify-between gap-3">
        <h2 className="text-sm font-medium text-ink-2">Preview</h2>
        <p role="status" className="text-xs text-ink-3">
          {isBehind ? "Reading…" : preview.isError ? "" : "As your readers with the same rights see it"}
        </p>
      </div>
      {preview.isError && preview.data !== undefined && (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {toProblem(preview.error).message}
        </p>
      )}
      {preview.data !== undefined ? (
        <ReportPaper run={preview.data} marked={chosen} />
      ) : preview.isError ? (
        <ProblemPanel error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <Skeleton className="h-[32rem] w-full" />
      )}
    </section>
  );
};
