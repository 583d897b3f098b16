import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { formatMoment } from "../../format/dates.ts";
import type { PlanPage } from "./plan-search.ts";

type Entry = PlanPage["journal"][number];

const didWhat = ({ direction, kind }: Entry): string => {
  if (kind === "intent") return direction === "apply" ? "about to apply" : "about to take back";
  return direction === "apply" ? "apply" : "take back";
};

/** What was written before and after each step: what counts after a crash. */
export const JournalCard = ({ page: { journal } }: { readonly page: PlanPage }) => (
  <Card
    title="Journal"
    about="Written to the disk before and after each step; a resumed run goes by it and by the live systems"
    isFlush
  >
    <DataTable
      caption="Lines of the journal"
      className="max-h-96"
      rows={journal.map((entry, index) => ({ ...entry, index }))}
      rowKey={({ index }) => `${index}`}
      columns={[
        {
          id: "at",
          title: "When",
          cell: ({ at }) => <span className="num whitespace-nowrap">{formatMoment(at)}</span>,
        },
        { id: "step", title: "Step", cell: ({ step }) => <span className="whitespace-nowrap">{step}</span> },
        { id: "what", title: "What", cell: (entry) => didWhat(entry) },
        {
          id: "result",
          title: "Result",
          cell: ({ result }) =>
            result === null ? null : <Badge tone={result === "succeeded" ? "good" : "bad"}>{result}</Badge>,
        },
        {
          id: "about",
          title: "Why, how",
          className: "min-w-48",
          cell: ({ about }) =>
            about === "" ? null : <span className="text-sm break-words text-ink-2">{about}</span>,
        },
        {
          id: "runner",
          title: "By",
          className: "min-w-40",
          cell: ({ runner }) => <span className="text-xs break-words text-ink-3">{runner}</span>,
        },
      ]}
    />
  </Card>
);
