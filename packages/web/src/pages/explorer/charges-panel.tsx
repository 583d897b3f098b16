import { useInfiniteQuery } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay, formatPeriod } from "../../format/dates.ts";
import { dimensionTitle } from "../../format/dimension-names.ts";
import { formatMoney, formatQuantity } from "../../format/numbers.ts";
import { shortPath } from "../../format/short-path.ts";
import { allOf } from "./explorer-question.ts";
import type { SearchChange } from "./explorer-search.ts";
import type { ExplorerState } from "./explorer-state.ts";
import { filterText } from "./value-filter.ts";

type Charges = Answer<"POST /api/v1/charges">;
type Row = { readonly key: string; readonly cells: Charges["items"][number] };

interface ChargesPanelProps {
  readonly state: ExplorerState;
  readonly onChange: (next: SearchChange) => void;
}

/** The lines of the bill behind what is shown, as the provider wrote them. */
export const ChargesPanel = ({ state, onChange }: ChargesPanelProps) => {
  const filters = [...state.where, ...(state.linesWhere ?? [])];
  return (
    <Dialog
      isOpen
      place="side"
      title="Bill lines"
      about={
        <>
          {formatPeriod(state.period.start, state.period.end)}
          {filters.length > 0 && ` · ${filters.map(filterText).join(" · ")}`}
        </>
      }
      onClose={() => onChange({ lines: undefined, linesWhere: undefined })}
    >
      <Lines state={state} />
    </Dialog>
  );
};

const Lines = ({ state }: { readonly state: ExplorerState }) => {
  const where = allOf([...state.where, ...(state.linesWhere ?? [])]);
  const body = {
    period: state.period,
    timeAxis: state.axis,
    currency: state.currency,
    limit: 100,
    ...(where === undefined ? {} : { where }),
  };
  const found = useInfiniteQuery({
    queryKey: ["charges", body],
    queryFn: ({ pageParam, signal }) =>
      call("POST /api/v1/charges", {
        body: { ...body, ...(pageParam === "" ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor,
  });
  if (found.isError) return <ProblemPanel error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <SkeletonRows count={12} className="p-4" />;
  const columns = (found.data.pages[0]?.columns ?? [])
    .map((column, index) => ({ ...column, index }))
    .toSorted((left, right) => placeOf(left.name) - placeOf(right.name));
  const rows = found.data.pages
    .flatMap(({ items }) => items)
    .map((cells, index): Row => ({ key: `${index}`, cells }));
  if (rows.length === 0) {
    return <EmptyState title="No bill lines match">Take a longer period, or remove a filter.</EmptyState>;
  }
  const currencyAt = columns.find(({ name }) => name === "BillingCurrency")?.index ?? -1;
  return (
    <div className="flex h-full flex-col">
      <DataTable
        caption="Bill lines"
        className="min-h-0 grow"
        rows={rows}
        rowKey={({ key }) => key}
        columns={columns.map(
          ({ name, type, index }): DataColumn<Row> => ({
            id: name,
            title: dimensionTitle(name),
            isNumber: type === "decimal",
            sortBy: ({ cells }) => sortValue(cells[index] ?? null, type),
            className: type === "text" ? "max-w-72 min-w-24" : "",
            cell: ({ cells }) => (
              <ChargeCell
                name={name}
                type={type}
                value={cells[index] ?? null}
                currency={cells[currencyAt] ?? state.currency}
              />
            ),
          }),
        )}
      />
      <footer className="flex items-center justify-between gap-3 border-t border-line px-4 py-2.5 text-sm text-ink-3">
        <span>
          {rows.length} lines, the dearest first{found.hasNextPage ? "; there are more" : ""}
        </span>
        {found.hasNextPage && (
          <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {found.isFetchingNextPage ? "Loading…" : "More lines"}
          </Button>
        )}
      </footer>
    </div>
  );
};

/** When and how much come first; the rest as the server has it. */
const firstColumns = ["ChargePeriodStart", "EffectiveCost", "ServiceName", "ChargeDescription", "ResourceId"];

const placeOf = (name: string): number => {
  const place = firstColumns.indexOf(name);
  return place === -1 ? firstColumns.length : place;
};

type ColumnType = Charges["columns"][number]["type"];

const sortValue = (value: string | null, type: ColumnType): string | number =>
  type === "decimal" ? Number(value ?? 0) : (value ?? "");

interface ChargeCellProps {
  readonly name: string;
  readonly type: ColumnType;
  readonly value: string | null;
  readonly currency: string;
}

const ChargeCell = ({ name, type, value, currency }: ChargeCellProps) => {
  if (value === null || value === "") return <span className="text-ink-3">–</span>;
  if (type === "timestamp") {
    const isDay = /00:00:00/.test(value);
    return (
      <span className="whitespace-nowrap" title={value}>
        {isDay ? formatDay(value.slice(0, 10)) : value.replace("T", " ").slice(0, 16)}
      </span>
    );
  }
  if (type === "decimal") {
    return (
      <span title={value}>
        {/Cost$|Price$/.test(name) ? formatMoney(value, currency) : formatQuantity(value)}
      </span>
    );
  }
  return (
    <span className="block truncate" title={value}>
      {shortPath(value)}
    </span>
  );
};
