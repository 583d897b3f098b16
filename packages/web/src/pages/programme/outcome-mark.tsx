import { CircleCheck, CircleQuestionMark, CircleX } from "lucide-react";
import { Badge } from "../../components/badge.tsx";
import type { StatusReport } from "./programme-search.ts";

export type Criterion = StatusReport["criteria"][number]["results"][number];

/** Whether a criterion holds, and the two sides as they came out. */
const OutcomeMark = ({ outcome }: { readonly outcome: Criterion["outcome"] }) => {
  if (outcome === "holds")
    return (
      <Badge tone="good" icon={<CircleCheck size={12} aria-hidden />}>
        holds
      </Badge>
    );
  if (outcome === "fails")
    return (
      <Badge tone="bad" icon={<CircleX size={12} aria-hidden />}>
        not yet
      </Badge>
    );
  return (
    <Badge tone="warn" icon={<CircleQuestionMark size={12} aria-hidden />}>
      not measurable
    </Badge>
  );
};

export const CriterionLines = ({ results }: { readonly results: readonly Criterion[] }) => (
  <ul className="flex flex-col gap-2.5">
    {results.map(({ criterion, outcome, found }) => (
      <li key={criterion} className="flex flex-col gap-1 text-sm">
        <span className="flex flex-wrap items-center gap-2">
          <OutcomeMark outcome={outcome} />
          <code className="min-w-0 font-mono text-xs break-words">{criterion}</code>
        </span>
        <span className="num text-ink-2">measured: {found}</span>
      </li>
    ))}
  </ul>
);
