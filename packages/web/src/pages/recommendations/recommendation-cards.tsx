import { Link } from "@tanstack/react-router";
import { PlanLink, RiskBadge, StatusBadge } from "../../components/recommendation-badges.tsx";
import { formatMoney } from "../../format/numbers.ts";
import type { LinesProps } from "./recommendations-page.tsx";

/** The same for a narrow screen. */
export const RecommendationCards = ({ caption, lines, chosen, mayChoose, isFree, onToggle }: LinesProps) => (
  <ul aria-label={caption} className="flex flex-col divide-y divide-line px-4">
    {lines.map((line) => (
      <li key={line.id} className="flex gap-3 py-3">
        {mayChoose && (
          <label className="-my-1 -ml-2 flex size-10 shrink-0 items-center justify-center">
            <span className="sr-only">Choose {line.title}</span>
            <input
              type="checkbox"
              checked={chosen.has(line.id)}
              disabled={!isFree(line)}
              onChange={() => onToggle(line.id)}
              className="size-5 accent-(--accent)"
            />
          </label>
        )}
        <div className="min-w-0 grow">
          <Link to="/recommendations/$id" params={{ id: line.id }} className="font-medium">
            {line.title}
          </Link>
          <p className="truncate text-xs text-ink-3">
            {line.resource.name} · {line.resource.account}
          </p>
          <div className="mt-1.5 flex flex-wrap items-center gap-2">
            <RiskBadge risk={line.risk} />
            <StatusBadge line={line} />
            <PlanLink line={line} />
            <span className="num ml-auto font-semibold">
              {formatMoney(line.saving.mid, line.saving.currency)}
              <span className="text-xs font-normal text-ink-3"> a month</span>
            </span>
          </div>
        </div>
      </li>
    ))}
  </ul>
);
