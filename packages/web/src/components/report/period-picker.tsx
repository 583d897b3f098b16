import { CalendarDays, ChevronDown } from "lucide-react";
import { type FormEvent, useState } from "react";
import { addDays } from "../../format/dates.ts";
import { Button } from "../button.tsx";
import { classNames } from "../class-names.ts";
import { Field } from "../field.tsx";
import { Popover } from "../popover.tsx";
import { dayOf, PERIOD_TITLES, periodTitle } from "./periods.ts";
import type { PeriodName, ReportPeriod } from "./report-types.ts";

interface PeriodPickerProps {
  readonly period: ReportPeriod;
  readonly onChange: (period: ReportPeriod | undefined) => void;
  /** What no choice of one's own stands for: offered first. */
  readonly otherwise?: string;
  readonly isOwn?: boolean;
  readonly label?: string;
}

/** A named period, or any two days. */
export const PeriodPicker = ({
  period,
  onChange,
  otherwise,
  isOwn = true,
  label = "Period",
}: PeriodPickerProps) => {
  const [isOpen, setOpen] = useState(false);
  const choose = (next: ReportPeriod | undefined) => {
    setOpen(false);
    onChange(next);
  };
  const chosen = isOwn && "name" in period ? period.name : undefined;
  const title = isOwn || otherwise === undefined ? periodTitle(period) : otherwise;
  return (
    <Popover
      label={label}
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="w-80"
      trigger={
        <Button aria-label={`${label}: ${title}`}>
          <CalendarDays size={15} aria-hidden className="text-ink-3" />
          {title}
          <ChevronDown size={14} aria-hidden className="text-ink-3" />
        </Button>
      }
    >
      <div className="grid grid-cols-2 gap-1">
        {otherwise !== undefined && (
          <Choice title={otherwise} isChosen={!isOwn} onChoose={() => choose(undefined)} />
        )}
        {(Object.entries(PERIOD_TITLES) as [PeriodName, string][]).map(([name, known]) => (
          <Choice key={name} title={known} isChosen={chosen === name} onChoose={() => choose({ name })} />
        ))}
      </div>
      <Days period={period} onChoose={choose} />
    </Popover>
  );
};

interface ChoiceProps {
  readonly title: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

const Choice = ({ title, isChosen, onChoose }: ChoiceProps) => (
  <button
    type="button"
    aria-pressed={isChosen}
    onClick={onChoose}
    className={classNames(
      "h-8 rounded-md px-2 text-left hover:bg-sunken max-md:h-10",
      isChosen && "bg-accent-soft font-medium",
    )}
  >
    {title}
  </button>
);

/** Both days included, as people say it; a period is half-open. */
const Days = ({
  period,
  onChoose,
}: {
  readonly period: ReportPeriod;
  readonly onChoose: (period: ReportPeriod) => void;
}) => {
  const [problem, setProblem] = useState<string>();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // a form within a form's popover: the outer one must not be sent
    event.stopPropagation();
    const form = new FormData(event.currentTarget);
    const [from, last] = [`${form.get("from")}`, `${form.get("last")}`];
    if (from > last) return setProblem("The last day is before the first.");
    onChoose({ start: from, end: addDays(last, 1) });
  };
  const days = "name" in period ? undefined : period;
  return (
    <form onSubmit={onSubmit} className="mt-3 flex flex-col gap-2 border-t border-line pt-3">
      <div className="grid grid-cols-2 gap-2">
        <Field label="First day" name="from" type="date" required defaultValue={dayOf(days?.start)} />
        <Field
          label="Last day"
          name="last"
          type="date"
          required
          defaultValue={days === undefined ? "" : addDays(dayOf(days.end), -1)}
          error={problem}
        />
      </div>
      <Button type="submit" size="sm" className="self-end">
        Take these days
      </Button>
    </form>
  );
};
