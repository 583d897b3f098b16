import { CalendarDays, ChevronDown } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { Field } from "../../components/field.tsx";
import { Popover } from "../../components/popover.tsx";
import { addDays, formatPeriod } from "../../format/dates.ts";
import { RANGES, type RangeId, type SearchChange } from "./explorer-search.ts";
import { type ExplorerState, knownDays, type Model, rangePeriod } from "./explorer-state.ts";

const titles: Readonly<Record<RangeId, string>> = {
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  month: "This month",
  "last-month": "Last month",
  "3m": "3 months",
  "6m": "6 months",
  "12m": "12 months",
  all: "All there is",
};

interface RangePickerProps {
  readonly state: ExplorerState;
  readonly model: Model;
  readonly onChange: (next: SearchChange) => void;
}

/** Named ranges end where the data ends; or any two days. */
export const RangePicker = ({ state, model, onChange }: RangePickerProps) => {
  const [isOpen, setOpen] = useState(false);
  const days = knownDays(model);
  const choose = (next: SearchChange) => {
    setOpen(false);
    onChange(next);
  };
  return (
    <Popover
      label="Period"
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="w-80"
      trigger={
        <Button>
          <CalendarDays size={15} aria-hidden className="text-ink-3" />
          {formatPeriod(state.period.start, state.period.end)}
          <ChevronDown size={14} aria-hidden className="text-ink-3" />
        </Button>
      }
    >
      <div className="grid grid-cols-3 gap-1">
        {RANGES.map((range) => (
          <button
            key={range}
            type="button"
            aria-pressed={state.range === range}
            title={days === null ? undefined : formatPeriod(...toPair(rangePeriod(range, days)))}
            onClick={() => choose({ range, from: undefined, until: undefined, grain: undefined })}
            className={classNames(
              "h-8 rounded-md px-2 text-left hover:bg-sunken max-md:h-10",
              state.range === range && "bg-accent-soft font-medium",
            )}
          >
            {titles[range]}
          </button>
        ))}
      </div>
      <CustomRange key={`${state.period.start}${state.period.end}`} state={state} onChoose={choose} />
    </Popover>
  );
};

const toPair = ({ start, end }: { readonly start: string; readonly end: string }): [string, string] => [
  start,
  end,
];

interface CustomRangeProps {
  readonly state: ExplorerState;
  readonly onChoose: (next: SearchChange) => void;
}

/** Both days included, as people say it; the question is half-open. */
const CustomRange = ({ state, onChoose }: CustomRangeProps) => {
  const [problem, setProblem] = useState<string>();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from, last] = [`${form.get("from")}`, `${form.get("last")}`];
    if (from > last) return setProblem("The last day is before the first.");
    onChoose({ from, until: addDays(last, 1), grain: undefined });
  };
  return (
    <form onSubmit={onSubmit} className="mt-3 flex flex-col gap-2 border-t border-line pt-3">
      <div className="grid grid-cols-2 gap-2">
        <Field label="First day" name="from" type="date" required defaultValue={state.period.start} />
        <Field
          label="Last day"
          name="last"
          type="date"
          required
          error={problem}
          defaultValue={addDays(state.period.end, -1)}
        />
      </div>
      <Button type="submit" className="self-end">
        Apply
      </Button>
    </form>
  );
};
