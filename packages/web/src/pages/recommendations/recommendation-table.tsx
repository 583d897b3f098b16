import { Link } from "@tanstack/react-router";
import { MessageSquare } from "lucide-react";
import { DataTable } from "../../components/data-table.tsx";
import { PlanLink, RiskBadge, StatusBadge } from "../../components/recommendation-badges.tsx";
import { formatMoney, formatQuantity, formatRatio } from "../../format/numbers.ts";
import type { LinesProps } from "./recommendations-page.tsx";
import { RISKS } from "./recommendations-search.ts";

/** In the order of the rank; a click on a column's title sorts by it. */
export const RecommendationTable = ({ caption, lines, chosen, mayChoose, isFree, onToggle }: LinesProps) => (
  <DataTable
    caption={caption}
    rows={lines}
    rowKey={({ id }) => id}
    columns={[
      ...(mayChoose
        ? [
            {
              id: "choose",
              title: "Choose",
              isTitleHidden: true,
              className: "w-8",
              cell: (line: LinesProps["lines"][number]) => (
                <input
                  type="checkbox"
                  aria-label={`Choose ${line.title}`}
                  checked={chosen.has(line.id)}
                  disabled={!isFree(line)}
                  onChange={() => onToggle(line.id)}
                  className="size-4 accent-(--accent)"
                />
              ),
            },
          ]
        : []),
      {
        id: "title",
        title: "What to do",
        sortBy: ({ title }) => title,
        cell: (line) => (
          <span className="block min-w-64">
            <Link
              to="/recommendations/$id"
              params={{ id: line.id }}
              className="font-medium hover:text-accent hover:underline"
            >
              {line.title}
            </Link>
            <span className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
              {line.resource.name} · {line.resource.account} · {line.resource.region}
              {line.assignee !== null && <span>· {line.assignee.name}</span>}
              {line.comments > 0 && (
                <span className="inline-flex items-center gap-0.5">
                  <MessageSquare size={12} aria-hidden /> {line.comments}
                  <span className="sr-only"> comments</span>
                </span>
              )}
            </span>
          </span>
        ),
      },
      {
        id: "saving",
        title: "Saves a month",
        isNumber: true,
        sortBy: ({ saving }) => Number(saving.mid),
        cell: ({ saving }) => <Saving saving={saving} />,
      },
      {
        id: "cost",
        title: "Costs now",
        isNumber: true,
        sortBy: ({ costNow }) => Number(costNow.amount),
        cell: ({ costNow }) => formatMoney(costNow.amount, costNow.currency),
      },
      {
        id: "risk",
        title: "Risk",
        sortBy: ({ risk }) => RISKS.indexOf(risk),
        cell: ({ risk }) => <RiskBadge risk={risk} />,
      },
      {
        id: "effort",
        title: "Work",
        isNumber: true,
        sortBy: ({ effortHours }) => Number(effortHours.mid),
        cell: ({ effortHours }) => `${formatQuantity(effortHours.mid)} h`,
      },
      {
        id: "confidence",
        title: "Confidence",
        isNumber: true,
        sortBy: ({ confidence }) => confidence,
        cell: ({ confidence }) => formatRatio(confidence),
      },
      {
        id: "status",
        title: "Status",
        sortBy: ({ status }) => status,
        cell: (line) => (
          <span className="flex flex-col items-start gap-0.5">
            <StatusBadge line={line} />
            <PlanLink line={line} />
          </span>
        ),
      },
    ]}
  />
);

/** The range below it, where there is one. */
const Saving = ({ saving }: { readonly saving: LinesProps["lines"][number]["saving"] }) => {
  const [low, mid, high] = [saving.low, saving.mid, saving.high].map((amount) =>
    formatMoney(amount, saving.currency),
  );
  return (
    <>
      <span className="font-semibold">{mid}</span>
      {low !== high && (
        <span className="block text-xs text-ink-3">
          {low} – {high}
        </span>
      )}
    </>
  );
};
