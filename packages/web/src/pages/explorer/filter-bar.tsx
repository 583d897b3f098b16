import { ListFilter, Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { dimensionTitle } from "../../format/dimension-names.ts";
import { DimensionPicker } from "./dimension-picker.tsx";
import type { Filter } from "./explorer-search.ts";
import type { FilterPlace, Model } from "./explorer-state.ts";
import { FilterEditor } from "./filter-editor.tsx";
import { filterText, readValueFilter, toFilter, type ValueFilter } from "./value-filter.ts";

interface FilterBarProps {
  readonly state: FilterPlace;
  readonly model: Model;
  readonly onChange: (next: { readonly where: readonly Filter[] }) => void;
}

/** Which charges count: a chip a condition, all of them hold. */
export const FilterBar = ({ state, model, onChange }: FilterBarProps) => {
  /** A filter that has no value yet; it is part of no question. */
  const [draft, setDraft] = useState<ValueFilter>();
  const replace = (index: number, filter: Filter | undefined) =>
    onChange({
      where: state.where.flatMap((other, place) =>
        place !== index ? [other] : filter === undefined ? [] : [filter],
      ),
    });
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">Filters</legend>
      {state.where.map((filter, index) => (
        <FilterChip
          key={JSON.stringify(withoutValues(filter))}
          state={state}
          filter={filter}
          onChange={(next) => replace(index, next)}
        />
      ))}
      {draft !== undefined && (
        <FilterEditor
          state={state}
          filter={draft}
          isOpen
          onOpenChange={(isOpen) => !isOpen && setDraft(undefined)}
          onChange={(next) => {
            if (next === undefined || next.values.length === 0) return setDraft(next);
            setDraft(undefined);
            onChange({ where: [...state.where, toFilter(next)] });
          }}
          trigger={
            <Button size="sm" className="border-dashed">
              {dimensionTitle(draft.dimension)} is…
            </Button>
          }
        />
      )}
      <DimensionPicker
        model={model}
        label="Filter by"
        returnsFocus={false}
        chosen={new Set()}
        onChoose={(dimension) => setDraft({ dimension, isExcluded: false, values: [] })}
        trigger={
          <Button kind="quiet" size="sm">
            {state.where.length === 0 ? <ListFilter size={14} aria-hidden /> : <Plus size={14} aria-hidden />}
            Filter
          </Button>
        }
      />
      {state.where.length > 1 && (
        <Button kind="quiet" size="sm" onClick={() => onChange({ where: [] })}>
          Clear all
        </Button>
      )}
    </fieldset>
  );
};

/** The chip stays the same while its values are chosen, so that its editor stays open. */
const withoutValues = (filter: Filter): unknown => readValueFilter(filter)?.dimension ?? filter;

interface FilterChipProps {
  readonly state: FilterPlace;
  readonly filter: Filter;
  readonly onChange: (filter: Filter | undefined) => void;
}

const FilterChip = ({ state, filter, onChange }: FilterChipProps) => {
  const read = readValueFilter(filter);
  const text = filterText(filter);
  return (
    <span className="inline-flex h-7 max-w-full items-center rounded-md border border-line-strong bg-accent-soft text-sm">
      {read === undefined ? (
        <span className="max-w-72 truncate px-2" title={text}>
          {text}
        </span>
      ) : (
        <FilterEditor
          state={state}
          filter={read}
          onChange={(next) =>
            onChange(next === undefined || next.values.length === 0 ? undefined : toFilter(next))
          }
          trigger={
            <button
              type="button"
              className="h-full max-w-72 truncate rounded-l-md px-2 hover:bg-sunken"
              title={text}
            >
              {text}
            </button>
          }
        />
      )}
      <button
        type="button"
        aria-label={`Remove filter: ${text}`}
        onClick={() => onChange(undefined)}
        className="flex h-full w-6.5 items-center justify-center rounded-r-md text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <X size={13} aria-hidden />
      </button>
    </span>
  );
};
