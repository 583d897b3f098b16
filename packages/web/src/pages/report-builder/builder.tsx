import { DndContext, DragOverlay } from "@dnd-kit/core";
import { useState } from "react";
import { Card } from "../../components/card.tsx";
import type { Definition } from "../../components/report/report-types.ts";
import type { Model } from "../explorer/explorer-state.ts";
import type { ValueFilter } from "../explorer/value-filter.ts";
import { BlockList } from "./block-list.tsx";
import { BlockSettings } from "./block-settings.tsx";
import { BLOCK_TITLES, blockTitle, changeBlock } from "./blocks.ts";
import { collisions } from "./drag-ids.ts";
import { FieldZones } from "./field-zones.tsx";
import { fieldsOf } from "./fields.ts";
import { Preview } from "./preview.tsx";
import { ReportSettings } from "./report-settings.tsx";
import { useDragging } from "./use-dragging.ts";
import type { AskingBlock } from "./zones.ts";

interface BuilderProps {
  readonly definition: Definition;
  readonly model: Model;
  readonly chosen: string | undefined;
  readonly onChange: (definition: Definition) => void;
  readonly onChoose: (block: string | undefined) => void;
}

/** Blocks and their fields at the left, what they say at the right. */
export const Builder = ({ definition, model, chosen, onChange, onChoose }: BuilderProps) => {
  const block = definition.blocks.find(({ id }) => id === chosen);
  const asking = block !== undefined && isAsking(block) ? block : undefined;
  const fields = fieldsOf(model);
  /** A condition without values belongs to the block that it was dropped on. */
  const [draft, setDraft] = useState<{ readonly block: string; readonly filter: ValueFilter }>();
  const onDraft = (filter: ValueFilter | undefined) =>
    setDraft(filter === undefined || block === undefined ? undefined : { block: block.id, filter });
  const dragging = useDragging({ definition, block: asking, fields, onChange, onFilter: onDraft });
  return (
    <DndContext
      sensors={dragging.sensors}
      collisionDetection={collisions}
      accessibility={dragging.accessibility}
      onDragStart={dragging.onDragStart}
      onDragEnd={dragging.onDragEnd}
      onDragCancel={dragging.onDragCancel}
    >
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[27rem_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Report">
            <ReportSettings definition={definition} model={model} onChange={onChange} />
          </Card>
          <Card title="Blocks" about="Drag them into their order">
            <BlockList
              definition={definition}
              chosen={chosen}
              onChange={(next, id) => {
                onChange(next);
                onChoose(id);
              }}
              onChoose={onChoose}
            />
          </Card>
          {block !== undefined && (
            <Card title={blockTitle(block)} about={BLOCK_TITLES[block.type]}>
              <div className="flex flex-col gap-4">
                {asking !== undefined && (
                  <FieldZones
                    block={asking}
                    fields={fields}
                    model={model}
                    dragged={dragging.field}
                    draft={draft?.block === asking.id ? draft.filter : undefined}
                    onDraft={onDraft}
                    onChange={(next) => onChange(changeBlock(definition, next))}
                  />
                )}
                <BlockSettings
                  key={block.id}
                  block={block}
                  onChange={(next) => onChange(changeBlock(definition, next))}
                />
              </div>
            </Card>
          )}
        </div>
        <div className="min-w-0 xl:sticky xl:top-4 xl:max-h-[calc(100dvh-2rem)] xl:overflow-y-auto">
          <Preview definition={definition} chosen={chosen} />
        </div>
      </div>
      <DragOverlay dropAnimation={null}>
        {dragging.field !== undefined && (
          <div className="flex h-8 items-center rounded-md border border-accent bg-raised px-2.5 text-sm shadow-float">
            {dragging.fieldTitle}
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
};

const isAsking = (block: Definition["blocks"][number]): block is AskingBlock =>
  block.type === "chart" || block.type === "table" || block.type === "figure";
