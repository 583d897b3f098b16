import { useQuery } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { Field } from "../../components/field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { useSettled } from "../../components/use-settled.ts";
import { dateFormat } from "../../format/reader.ts";
import { type Rhythm, toCron, WEEKDAY_CHOICES } from "./cron-words.ts";

interface RhythmFieldProps {
  readonly rhythm: Rhythm;
  readonly onChange: (rhythm: Rhythm) => void;
  readonly timeZone: string;
  readonly onTimeZone: (timeZone: string) => void;
}

const EVERY = [
  { value: "day", title: "Every day" },
  { value: "weekday", title: "Monday to Friday" },
  { value: "week", title: "Every week" },
  { value: "month", title: "Every month" },
  { value: "custom", title: "By a cron expression" },
] as const;

const zones = (own: string) =>
  [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])].map((zone) => ({
    value: zone,
    title: zone,
  }));

/** When, in words; the next times come from the server, which runs it. */
export const RhythmField = ({ rhythm, onChange, timeZone, onTimeZone }: RhythmFieldProps) => (
  <fieldset className="flex flex-col gap-3">
    <legend className="sr-only">When</legend>
    <div className="flex flex-wrap gap-3">
      <SelectField
        label="How often"
        className="min-w-44 grow"
        value={rhythm.every}
        choices={EVERY}
        onChange={(event) =>
          onChange({ ...rhythm, every: event.target.value as Rhythm["every"], cron: toCron(rhythm) })
        }
      />
      {rhythm.every === "week" && (
        <SelectField
          label="On"
          className="min-w-36 grow"
          value={`${rhythm.weekday}`}
          choices={WEEKDAY_CHOICES}
          onChange={(event) => onChange({ ...rhythm, weekday: Number(event.target.value) })}
        />
      )}
      {rhythm.every === "month" && (
        <Field
          label="On day"
          type="number"
          min={1}
          max={31}
          required
          value={rhythm.monthDay}
          onChange={(event) => onChange({ ...rhythm, monthDay: Number(event.target.value) })}
        />
      )}
      {rhythm.every === "custom" ? (
        <Field
          label="Cron expression"
          required
          className="grow"
          value={rhythm.cron}
          onChange={(event) => onChange({ ...rhythm, cron: event.target.value })}
        />
      ) : (
        <Field
          label="At"
          type="time"
          required
          value={rhythm.time}
          onChange={(event) => onChange({ ...rhythm, time: event.target.value })}
        />
      )}
      <SelectField
        label="Time zone"
        className="min-w-48 grow"
        value={timeZone}
        choices={zones(timeZone)}
        onChange={(event) => onTimeZone(event.target.value)}
      />
    </div>
    <NextTimes cron={toCron(rhythm)} timeZone={timeZone} />
  </fieldset>
);

const NextTimes = ({ cron, timeZone }: { readonly cron: string; readonly timeZone: string }) => {
  const asked = useSettled(`${cron}\n${timeZone}`, 300);
  const next = useQuery({
    queryKey: ["schedule-preview", asked],
    queryFn: ({ signal }) => {
      const [expression = "", zone = "UTC"] = asked.split("\n");
      return call("POST /api/v1/schedules/preview", {
        body: { cron: expression, timeZone: zone, count: 3 },
        signal,
      });
    },
    enabled: cron.trim() !== "",
  });
  if (next.isError) return <p className="text-sm text-danger">{toProblem(next.error).message}</p>;
  const written = dateFormat({
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  });
  return (
    <p role="status" className="text-sm text-ink-3">
      {next.data === undefined
        ? "Next times: …"
        : `Next times: ${next.data.times.map((time) => written.format(new Date(time))).join("; ")}`}
    </p>
  );
};
