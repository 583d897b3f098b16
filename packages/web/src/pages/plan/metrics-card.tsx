import { Badge, type BadgeTone } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { formatQuantity, formatRatio } from "../../format/numbers.ts";
import type { VerificationReport } from "./plan-search.ts";

type Metric = VerificationReport["metrics"][number];

const looks: Readonly<Record<Metric["verdict"], { readonly tone: BadgeTone; readonly word: string }>> = {
  held: { tone: "good", word: "no worse" },
  broken: { tone: "bad", word: "got worse" },
  open: { tone: "warn", word: "not proven" },
  abstained: { tone: "plain", word: "can't be told" },
};

const shown = (value: number, kind: Metric["margin"]["kind"], signed: boolean): string =>
  kind === "share" ? formatRatio(value, { signed }) : formatQuantity(`${value}`);

const marginText = ({ worse, size, kind }: Metric["margin"]): string =>
  `${worse === "lower" ? "−" : worse === "either" ? "±" : "+"}${shown(size, kind, false)}`;

/** Nothing got slower: each metric against the margin that it may not get worse by. */
export const MetricsCard = ({
  report: { metrics },
  notJudged,
}: {
  readonly report: VerificationReport;
  readonly notJudged: readonly string[];
}) =>
  metrics.length + notJudged.length === 0 ? null : (
    <Card
      title="Did anything get worse?"
      about="Held only where it is proven to be within its margin"
      isFlush
    >
      {metrics.length > 0 && (
        <DataTable
          caption="Metrics"
          rows={metrics.map((metric, index) => ({ ...metric, index }))}
          rowKey={({ index }) => `${index}`}
          columns={[
            {
              id: "metric",
              title: "Metric",
              cell: ({ id, labels, reason }) => (
                <>
                  <span className="font-medium">{id}</span>
                  <span className="block text-xs text-ink-3">
                    {[...Object.values(labels), reason].filter(Boolean).join(" · ")}
                  </span>
                </>
              ),
            },
            {
              id: "verdict",
              title: "Verdict",
              cell: ({ verdict }) => <Badge tone={looks[verdict].tone}>{looks[verdict].word}</Badge>,
            },
            {
              id: "change",
              title: "Change",
              isNumber: true,
              cell: ({ result, margin }) =>
                result === undefined ? "–" : shown(result.change, margin.kind, true),
            },
            {
              id: "range",
              title: "Between",
              isNumber: true,
              cell: ({ result, margin }) =>
                result === undefined
                  ? "–"
                  : `${shown(result.low, margin.kind, true)} and ${shown(result.high, margin.kind, true)}`,
            },
            { id: "margin", title: "Margin", isNumber: true, cell: ({ margin }) => marginText(margin) },
          ]}
        />
      )}
      {notJudged.map((text) => (
        <p key={text} className="px-4 pt-2 text-sm break-words text-ink-3">
          Not judged: {text}
        </p>
      ))}
    </Card>
  );
