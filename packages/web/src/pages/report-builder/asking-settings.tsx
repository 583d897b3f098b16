import type { ReactNode } from "react";
import { CheckField } from "../../components/check-field.tsx";
import { Field } from "../../components/field.tsx";
import { PeriodPicker } from "../../components/report/period-picker.tsx";
import type { Block, BlockOf } from "../../components/report/report-types.ts";
import { SelectField } from "../../components/select-field.tsx";
import type { AskingBlock } from "./zones.ts";

interface AskingSettingsProps {
  readonly block: AskingBlock;
  readonly onChange: (block: Block) => void;
}

/** Without members that say nothing: the server tells absent from undefined. */
const clean = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

const WIDTHS = [
  { value: "full", title: "The whole page" },
  { value: "half", title: "Half of it" },
  { value: "third", title: "A third" },
  { value: "quarter", title: "A quarter" },
] as const;

const COMPARES = [
  { value: "", title: "Nothing" },
  { value: "previous", title: "The period before" },
  { value: "month", title: "The month before" },
  { value: "year", title: "The year before" },
] as const;

const GRAINS = ["day", "week", "month", "quarter", "year"] as const;

const CHARTS = [
  { value: "bar", title: "Bars" },
  { value: "line", title: "Lines" },
  { value: "area", title: "Stacked areas" },
  { value: "donut", title: "Donut" },
  { value: "treemap", title: "Treemap" },
  { value: "heatmap", title: "Heatmap" },
  { value: "sankey", title: "Flows (Sankey)" },
  { value: "waterfall", title: "Waterfall" },
] as const;

const TOPS = ["", "5", "6", "8", "10", "15", "20", "40", "100"] as const;

/** Figures, charts and tables: title, width, period, and how the answer is shown. */
export const AskingSettings = ({ block, onChange }: AskingSettingsProps) => {
  const period = block.type === "figure" ? block.period : block.query.period;
  return (
    <div className="flex flex-col gap-3">
      <Field
        label="Title"
        maxLength={200}
        value={block.title}
        onChange={(event) => onChange({ ...block, title: event.target.value })}
      />
      <div className="grid grid-cols-2 gap-3">
        {block.type === "chart" && (
          <Choice
            label="Chart"
            value={block.chart.type}
            choices={CHARTS}
            onChoose={(type) => onChange({ ...block, chart: { ...block.chart, type } })}
          />
        )}
        <Choice
          label="Width"
          value={block.width}
          choices={WIDTHS}
          onChoose={(width) => onChange({ ...block, width })}
        />
        {block.type === "figure" ? (
          <FigureChoices block={block} onChange={onChange} />
        ) : (
          <QueryChoices block={block} onChange={onChange} />
        )}
      </div>
      {block.type === "table" && (
        <CheckField
          label="Shade amounts by their size"
          checked={block.heat}
          onChange={(event) => onChange({ ...block, heat: event.target.checked })}
        />
      )}
      {block.type === "chart" && block.chart.type === "bar" && (
        <BarChoices block={block} onChange={onChange} />
      )}
      <div className="flex flex-col items-start gap-1">
        <span className="text-sm font-medium">Period of this block</span>
        <PeriodPicker
          label="Period of this block"
          period={period ?? { name: "last-month" }}
          isOwn={period !== undefined}
          otherwise="As the report"
          onChange={(next) =>
            onChange(
              block.type === "figure"
                ? clean({ ...block, period: next })
                : { ...block, query: clean({ ...block.query, period: next }) },
            )
          }
        />
      </div>
    </div>
  );
};

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly title: string }[];
  readonly onChoose: (value: T) => void;
}

const Choice = <T extends string>({ label, value, choices, onChoose }: ChoiceProps<T>): ReactNode => (
  <SelectField
    label={label}
    value={value}
    choices={choices}
    onChange={(event) => onChoose(event.target.value as T)}
  />
);

const FigureChoices = ({
  block,
  onChange,
}: {
  readonly block: BlockOf<"figure">;
  readonly onChange: (block: Block) => void;
}) => (
  <>
    <Choice
      label="Against"
      value={block.compare ?? ""}
      choices={COMPARES}
      onChoose={(compare) => onChange(clean({ ...block, compare: compare === "" ? undefined : compare }))}
    />
    <Choice
      label="Its course"
      value={block.trend ?? ""}
      choices={[
        { value: "", title: "None" },
        { value: "day", title: "By day" },
        { value: "week", title: "By week" },
        { value: "month", title: "By month" },
      ]}
      onChoose={(trend) => onChange(clean({ ...block, trend: trend === "" ? undefined : trend }))}
    />
    <Choice
      label="Good is"
      value={block.better}
      choices={[
        { value: "less", title: "Less" },
        { value: "more", title: "More" },
        { value: "neither", title: "Neither" },
      ]}
      onChoose={(better) => onChange({ ...block, better })}
    />
  </>
);

const QueryChoices = ({
  block,
  onChange,
}: {
  readonly block: BlockOf<"chart"> | BlockOf<"table">;
  readonly onChange: (block: Block) => void;
}) => {
  const { query } = block;
  const ask = (change: Partial<Record<keyof typeof query, unknown>>) =>
    onChange({ ...block, query: clean({ ...query, ...change }) as typeof query } as Block);
  const { grain } = query;
  return (
    <>
      {grain !== undefined && (
        <Choice
          label="Time in steps of"
          value={GRAINS.find((known) => known === grain) ?? "month"}
          choices={GRAINS.map((known) => ({ value: known, title: `a ${known}` }))}
          onChoose={(next) => ask({ grain: next })}
        />
      )}
      <Choice
        label="Largest"
        value={query.top === undefined ? "" : `${query.top}`}
        choices={[...new Set([...TOPS, `${query.top ?? ""}`])].map((top) => ({
          value: top,
          title: top === "" ? "All of them" : `${top}, and the rest`,
        }))}
        onChoose={(top) => ask({ top: top === "" ? undefined : Number(top) })}
      />
      <Choice
        label="Against"
        value={query.compare ?? ""}
        choices={COMPARES}
        onChoose={(compare) => ask({ compare: compare === "" ? undefined : compare })}
      />
    </>
  );
};

const BarChoices = ({
  block,
  onChange,
}: {
  readonly block: BlockOf<"chart">;
  readonly onChange: (block: Block) => void;
}) => {
  const isOverTime = block.query.grain !== undefined;
  const { stacked = isOverTime && block.query.compare === undefined, horizontal = !isOverTime } = block.chart;
  const change = (next: Partial<BlockOf<"chart">["chart"]>) =>
    onChange({ ...block, chart: { ...block.chart, ...next } });
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-1">
      <CheckField
        label="On top of each other"
        checked={stacked}
        onChange={(event) => change({ stacked: event.target.checked })}
      />
      <CheckField
        label="Lying"
        checked={horizontal}
        onChange={(event) => change({ horizontal: event.target.checked })}
      />
    </div>
  );
};
