import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Card } from "../../components/card.tsx";
import { Delta } from "../../components/delta.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { dimensionValue } from "../../format/dimension-names.ts";
import { formatMoney, formatRatio } from "../../format/numbers.ts";
import type { ExplorerSearch } from "../explorer/explorer-search.ts";
import { ExploreLink } from "./explore-link.tsx";
import type { Overview, ShareLine } from "./overview-search.ts";
import { coveredPeriod } from "./periods.ts";

const lists = {
  services: { title: "Services", dimension: "ServiceName" },
  accounts: { title: "Accounts", dimension: "SubAccountName" },
  regions: { title: "Regions", dimension: "RegionId" },
} as const;
type ListId = keyof typeof lists;

interface SharesCardProps {
  readonly overview: Overview;
  readonly className: string;
}

/** Where the month's money goes; every line leads into the Explorer. */
export const SharesCard = ({ overview, className }: SharesCardProps) => {
  const [list, setList] = useState<ListId>("services");
  const { dimension } = lists[list];
  const period = coveredPeriod(overview.current);
  const search: ExplorerSearch = { by: [dimension], from: period.start, until: period.end, grain: "day" };
  const rest = overview.rest[list];
  return (
    <Card
      className={className}
      title="Where it goes"
      about="This month, and the change against the month before"
      actions={<ExploreLink search={search} />}
    >
      <Segmented
        label="Split by"
        value={list}
        onChoose={setList}
        choices={(Object.keys(lists) as ListId[]).map((value) => ({ value, title: lists[value].title }))}
      />
      <ol className="mt-3 flex flex-col">
        {overview[list].map((line) => (
          <Line
            key={line.name ?? ""}
            line={line}
            dimension={dimension}
            currency={overview.currency}
            search={search}
          />
        ))}
      </ol>
      {rest !== null && Number(rest) !== 0 && (
        <p className="flex justify-between gap-3 pt-2 text-sm text-ink-3">
          <span>Everything else</span>
          <span className="num">{formatMoney(rest, overview.currency)}</span>
        </p>
      )}
    </Card>
  );
};

interface LineProps {
  readonly line: ShareLine;
  readonly dimension: string;
  readonly currency: string;
  readonly search: ExplorerSearch;
}

const Line = ({ line, dimension, currency, search }: LineProps) => (
  <li>
    <Link
      to="/explorer"
      search={{
        ...search,
        by: [dimension === "ServiceName" ? "ResourceId" : "ServiceName"],
        where: [
          line.name === null ? { dimension, op: "is null" } : { dimension, op: "in", values: [line.name] },
        ],
      }}
      className="-mx-2 block rounded-md px-2 py-1.5 hover:bg-sunken"
    >
      <span className="flex items-baseline gap-3">
        <span className="min-w-0 grow truncate">{dimensionValue(line.name, dimension)}</span>
        <Delta
          change={line.change}
          text={formatMoney(line.change, currency, { signed: true, style: "compact" })}
          className="w-20 shrink-0 justify-end text-sm"
        />
        <span className="num w-18 shrink-0 text-right font-medium md:w-22">
          {formatMoney(line.amount, currency)}
        </span>
        <span className="num w-13 shrink-0 text-right text-sm text-ink-3 max-sm:hidden">
          {line.share === null ? "" : formatRatio(line.share)}
        </span>
      </span>
      <span className="mt-1 block">
        <ShareBar share={line.share === null ? 0 : Number(line.share)} />
      </span>
    </Link>
  </li>
);
