import { ChevronDown, Plus, X } from "lucide-react";
import { memo } from "react";
import { Button } from "../../components/button.tsx";
import { ChoiceMenu } from "../../components/menu.tsx";
import { dimensionTitle } from "../../format/dimension-names.ts";
import { DimensionPicker } from "./dimension-picker.tsx";
import { COMPARES, GRAINS, type SearchChange } from "./explorer-search.ts";
import type { ExplorerState, Model } from "./explorer-state.ts";
import { FilterBar } from "./filter-bar.tsx";
import { RangePicker } from "./range-picker.tsx";

interface ToolbarProps {
  readonly state: ExplorerState;
  readonly model: Model;
  readonly onChange: (next: SearchChange) => void;
}

const mostGroups = 3;

const compareTitles = {
  none: "No comparison",
  previous: "Period before",
  month: "Month before",
  year: "Year before",
} as const;

/** What is asked: measure, groups, time, comparison; filters below. */
export const Toolbar = memo(({ state, model, onChange }: ToolbarProps) => (
  <div className="flex flex-col gap-2.5 rounded-xl border border-line bg-surface px-3 py-2.5 shadow-card">
    <div className="flex flex-wrap items-center gap-2">
      <Choice
        label="Measure"
        value={state.measure}
        choices={model.measures.map(({ id, title }) => ({ value: id, title: shortTitle(title) }))}
        onChoose={(measure) => onChange({ measure })}
      />
      <Groups state={state} model={model} onChange={onChange} />
      <span className="mx-0.5 h-5 w-px bg-line max-md:hidden" aria-hidden />
      <RangePicker state={state} model={model} onChange={onChange} />
      <Choice
        label="Per"
        value={state.grain}
        choices={GRAINS.map((grain) => ({ value: grain, title: `per ${grain}` }))}
        onChoose={(grain) => onChange({ grain })}
      />
      <Choice
        label="Compare with"
        value={state.compare ?? "none"}
        choices={(["none", ...COMPARES] as const).map((value) => ({ value, title: compareTitles[value] }))}
        onChoose={(compare) => onChange({ compare: compare === "none" ? undefined : compare })}
      />
      <Choice
        label="Time"
        value={state.axis}
        choices={[
          { value: "charge", title: "When used" },
          { value: "invoice", title: "When billed" },
        ]}
        onChoose={(axis) => onChange({ axis: axis === "invoice" ? "invoice" : undefined, grain: undefined })}
      />
      {model.currencies.length > 1 && (
        <Choice
          label="Currency"
          value={state.currency}
          choices={model.currencies.map((code) => ({ value: code, title: code }))}
          onChoose={(currency) => onChange({ currency })}
        />
      )}
    </div>
    <FilterBar state={state} model={model} onChange={onChange} />
  </div>
));

/** The first words of a title that explains itself at length. */
const shortTitle = (title: string): string => title.replace(/ \(.*\)$/, "");

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly title: string }[];
  readonly onChoose: (value: T) => void;
}

const Choice = <T extends string>({ label, value, choices, onChoose }: ChoiceProps<T>) => {
  const title = choices.find((choice) => choice.value === value)?.title ?? value;
  return (
    <ChoiceMenu
      label={label}
      value={value}
      choices={choices}
      onChoose={onChoose}
      trigger={
        <Button aria-label={`${label}: ${title}`} className="max-w-64">
          <span className="truncate">{title}</span>
          <ChevronDown size={14} aria-hidden className="shrink-0 text-ink-3" />
        </Button>
      }
    />
  );
};

const Groups = ({ state, model, onChange }: ToolbarProps) => {
  const replace = (place: number, name: string | undefined) => {
    const by = state.by.flatMap((other, index) =>
      index !== place ? [other] : name === undefined ? [] : [name],
    );
    onChange({ by: [...new Set(by)] });
  };
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">Group by</legend>
      <span className="text-sm text-ink-3" aria-hidden>
        by
      </span>
      {state.by.map((name, index) => (
        <span
          key={name}
          className="inline-flex items-center rounded-md border border-line-strong bg-surface text-sm"
        >
          <DimensionPicker
            model={model}
            isForGroups
            label="Group by"
            chosen={new Set(state.by)}
            onChoose={(next) => replace(index, next)}
            trigger={
              <button
                type="button"
                aria-label={`Group by ${dimensionTitle(name)}`}
                className="h-7.5 max-w-44 truncate rounded-l-md pl-2.5 hover:bg-sunken max-md:h-8.5"
              >
                {dimensionTitle(name)}
              </button>
            }
          />
          <button
            type="button"
            aria-label={`Don't group by ${dimensionTitle(name)}`}
            onClick={() => replace(index, undefined)}
            className="flex h-7.5 w-6.5 items-center justify-center rounded-r-md text-ink-3 hover:bg-sunken hover:text-ink max-md:h-8.5"
          >
            <X size={13} aria-hidden />
          </button>
        </span>
      ))}
      {state.by.length < mostGroups && (
        <DimensionPicker
          model={model}
          isForGroups
          label="Group by"
          chosen={new Set(state.by)}
          onChoose={(name) => onChange({ by: [...new Set([...state.by, name])] })}
          trigger={
            <Button
              kind="quiet"
              aria-label={state.by.length === 0 ? "Group by" : "Group by another"}
              className="px-1.5"
            >
              <Plus size={15} aria-hidden />
              {state.by.length === 0 && "Group"}
            </Button>
          }
        />
      )}
    </fieldset>
  );
};
