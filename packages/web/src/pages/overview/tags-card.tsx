import { Link } from "@tanstack/react-router";
import { Tags } from "lucide-react";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { formatMoney, formatRatio } from "../../format/numbers.ts";
import type { Overview } from "./overview-search.ts";
import { coveredPeriod } from "./periods.ts";

interface TagsCardProps {
  readonly overview: Overview;
  readonly className: string;
}

/** How much of the cost carries each tag. */
export const TagsCard = ({ overview: { tags, currency, current }, className }: TagsCardProps) => {
  const period = coveredPeriod(current);
  return (
    <Card className={className} title="Tag coverage" about="Cost that carries each tag">
      {tags.length === 0 ? (
        <EmptyState icon={<Tags size={20} aria-hidden />} title="No tags on the bill">
          Activate cost allocation tags with your provider; they arrive with the next bill.
        </EmptyState>
      ) : (
        <ul className="flex flex-col">
          {tags.slice(0, 7).map(({ key, tagged, share }) => (
            <li key={key}>
              <Link
                to="/explorer"
                search={{ by: [`tag:${key}`], grain: "day", from: period.start, until: period.end }}
                className="-mx-2 grid grid-cols-[minmax(0,1fr)_auto_3.5rem] items-baseline gap-x-3 rounded-md px-2 py-1.5 hover:bg-sunken"
              >
                <span className="min-w-0 truncate">{key}</span>
                <span className="num text-sm text-ink-3">{formatMoney(tagged, currency)}</span>
                <span className="num text-right font-medium">
                  {share === null ? "–" : formatRatio(share)}
                </span>
                <span className="col-span-3 mt-1">
                  <ShareBar share={share === null ? 0 : Number(share)} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
