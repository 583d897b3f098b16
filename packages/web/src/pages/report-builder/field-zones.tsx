import type { Model } from "../explorer/explorer-state.ts";
import type { ValueFilter } from "../explorer/value-filter.ts";
import { FieldList } from "./field-list.tsx";
import { fieldTitle, type NamedField } from "./fields.ts";
import { FilterZone } from "./filter-zone.tsx";
import { ZoneBox } from "./zone-box.tsx";
import { zoneTitle } from "./zone-titles.ts";
import {
  type AskingBlock,
  type Field,
  filtersOf,
  namesIn,
  placeField,
  removeField,
  takes,
  withFilters,
  zonesOfBlock,
} from "./zones.ts";

interface FieldZonesProps {
  readonly block: AskingBlock;
  readonly fields: readonly NamedField[];
  readonly model: Model;
  /** What is dragged now. */
  readonly dragged: Field | undefined;
  readonly draft: ValueFilter | undefined;
  readonly onDraft: (draft: ValueFilter | undefined) => void;
  readonly onChange: (block: AskingBlock) => void;
}

/** Fields at the left, where they are dropped at the right. */
export const FieldZones = ({ block, fields, model, dragged, draft, onDraft, onChange }: FieldZonesProps) => {
  const zones = zonesOfBlock(block);
  const isSingle = block.type === "figure";
  const titleOf = (name: string) => fieldTitle(fields, name);
  return (
    <div className="grid grid-cols-2 gap-3">
      <FieldList
        fields={fields}
        zones={zones}
        onAdd={(field, zone) => {
          if (zone === "filters") onDraft({ dimension: field.name, isExcluded: false, values: [] });
          else onChange(placeField(block, field, zone));
        }}
      />
      <div className="flex min-w-0 flex-col gap-2">
        {zones.map((zone) => {
          const names = namesIn(block, zone);
          const isOnly = zone === "measures" && (isSingle || names.length === 1);
          return (
            <ZoneBox
              key={zone}
              zone={zone}
              title={isSingle && zone === "measures" ? "Measure" : zoneTitle(zone, block.type === "chart")}
              names={names}
              titleOf={titleOf}
              isTaking={dragged === undefined ? undefined : takes(zone, dragged)}
              onRemove={isOnly ? undefined : (name) => onChange(removeField(block, name, zone))}
            >
              {zone === "filters" && (
                <FilterZone
                  filters={filtersOf(block)}
                  draft={draft}
                  place={{
                    where: [],
                    period: {
                      start: model.covers?.start ?? "1970-01-01",
                      end: model.covers?.end ?? "9999-01-01",
                    },
                    currency: model.currencies[0] ?? "USD",
                  }}
                  onChange={(filters) => onChange(withFilters(block, filters))}
                  onDraft={onDraft}
                />
              )}
            </ZoneBox>
          );
        })}
      </div>
    </div>
  );
};
