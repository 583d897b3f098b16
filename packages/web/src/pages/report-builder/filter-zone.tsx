import { X } from "lucide-react";
import { dimensionTitle } from "../../format/dimension-names.ts";
import type { Filter } from "../explorer/explorer-search.ts";
import type { FilterPlace } from "../explorer/explorer-state.ts";
import { FilterEditor } from "../explorer/filter-editor.tsx";
import { filterText, readValueFilter, toFilter, type ValueFilter } from "../explorer/value-filter.ts";

interface FilterZoneProps {
  readonly filters: readonly Filter[];
  /** A dimension that was just dropped: it has no values yet and is part of no question. */
  readonly draft: ValueFilter | undefined;
  readonly place: FilterPlace;
  readonly onChange: (filters: readonly Filter[]) => void;
  readonly onDraft: (draft: ValueFilter | undefined) => void;
}

/** Conditions of a block; a dimension that is dropped here asks for its values. */
export const FilterZone = ({ filters, draft, place, onChange, onDraft }: FilterZoneProps) => {
  const replace = (index: number, next: ValueFilter | undefined) =>
    onChange(
      next === undefined || next.values.length === 0
        ? filters.toSpliced(index, 1)
        : filters.toSpliced(index, 1, toFilter(next)),
    );
  return (
    <>
      {filters.map((filter, index) => {
        const read = readValueFilter(filter);
        const text = filterText(filter);
        return (
          <div
            key={read?.dimension ?? text}
            className="flex h-7.5 items-center rounded-md border border-line-strong bg-surface text-sm max-md:h-10"
          >
            {read === undefined ? (
              <span className="min-w-0 grow truncate px-1.5" title={text}>
                {text}
              </span>
            ) : (
              <FilterEditor
                state={place}
                filter={read}
                onChange={(next) => replace(index, next)}
                trigger={
                  <button
                    type="button"
                    title={text}
                    className="h-full min-w-0 grow truncate px-1.5 text-left"
                  >
                    {text}
                  </button>
                }
              />
            )}
            <button
              type="button"
              aria-label={`Remove filter: ${text}`}
              onClick={() => onChange(filters.toSpliced(index, 1))}
              className="flex h-full w-6.5 shrink-0 items-center justify-center rounded-r-md text-ink-3 hover:bg-sunken hover:text-ink"
            >
              <X size={13} aria-hidden />
            </button>
          </div>
        );
      })}
      {draft !== undefined && (
        <FilterEditor
          state={place}
          filter={draft}
          isOpen
          onOpenChange={(isOpen) => !isOpen && onDraft(undefined)}
          onChange={(next) => {
            if (next === undefined || next.values.length === 0) return onDraft(next);
            onDraft(undefined);
            onChange([...filters, toFilter(next)]);
          }}
          trigger={
            <button
              type="button"
              className="flex h-7.5 items-center rounded-md border border-dashed border-line-strong px-1.5 text-sm"
            >
              {dimensionTitle(draft.dimension)} is…
            </button>
          }
        />
      )}
      {filters.length === 0 && draft === undefined && (
        <p className="px-1 py-0.5 text-xs text-ink-3">Drag a field here</p>
      )}
    </>
  );
};
