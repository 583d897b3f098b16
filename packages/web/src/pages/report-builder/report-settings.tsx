import { Field } from "../../components/field.tsx";
import { PeriodPicker } from "../../components/report/period-picker.tsx";
import type { Definition } from "../../components/report/report-types.ts";
import { SelectField } from "../../components/select-field.tsx";
import type { Model } from "../explorer/explorer-state.ts";
import { FilterBar } from "../explorer/filter-bar.tsx";

interface ReportSettingsProps {
  readonly definition: Definition;
  readonly model: Model;
  readonly onChange: (definition: Definition) => void;
}

/** What holds for every block that does not say otherwise. */
export const ReportSettings = ({ definition, model, onChange }: ReportSettingsProps) => {
  const { title, subtitle = "", parameters } = definition;
  const change = (next: Partial<Definition["parameters"]>) =>
    onChange({ ...definition, parameters: { ...parameters, ...next } });
  const currencies = [...new Set(["each", parameters.currency, ...model.currencies, ...model.convertibleTo])];
  const where = filtersOf(definition);
  return (
    <div className="flex flex-col gap-3">
      <Field
        label="Title of the report"
        required
        maxLength={200}
        value={title}
        onChange={(event) => onChange({ ...definition, title: event.target.value })}
      />
      <Field
        label="Under the title"
        maxLength={300}
        value={subtitle}
        onChange={(event) => {
          const { subtitle: _, ...rest } = definition;
          onChange(event.target.value === "" ? rest : { ...rest, subtitle: event.target.value });
        }}
      />
      <div className="flex flex-wrap items-end gap-3">
        <div className="flex flex-col items-start gap-1">
          <span className="text-sm font-medium">Period</span>
          <PeriodPicker
            period={parameters.period}
            onChange={(period) => period !== undefined && change({ period })}
          />
        </div>
        <SelectField
          label="Currency"
          className="min-w-36"
          value={parameters.currency}
          choices={currencies.map((code) => ({
            value: code,
            title: code === "each" ? "Each for itself" : code,
          }))}
          onChange={(event) => change({ currency: event.target.value })}
        />
      </div>
      <FilterBar
        model={model}
        state={{
          where,
          period: { start: model.covers?.start ?? "1970-01-01", end: model.covers?.end ?? "9999-01-01" },
          currency: model.currencies[0] ?? "USD",
        }}
        onChange={({ where: filters }) => {
          const { filter: _, ...rest } = parameters;
          const [only] = filters;
          const filter =
            only === undefined ? {} : { filter: filters.length === 1 ? only : { and: [...filters] } };
          onChange({ ...definition, parameters: { ...rest, ...filter } });
        }}
      />
    </div>
  );
};

const filtersOf = ({ parameters: { filter } }: Definition) => {
  if (filter === undefined) return [];
  return "and" in filter ? filter.and : [filter];
};
