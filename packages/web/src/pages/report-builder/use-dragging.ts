import {
  type Announcements,
  type DragEndEvent,
  type DragStartEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { useState } from "react";
import type { Definition } from "../../components/report/report-types.ts";
import type { ValueFilter } from "../explorer/value-filter.ts";
import { blockTitle, changeBlock, moveBlock } from "./blocks.ts";
import { readBlockId, readTarget, stepByKeyboard, type Target } from "./drag-ids.ts";
import { fieldTitle, type NamedField, readFieldId } from "./fields.ts";
import { ZONE_TITLES } from "./zone-titles.ts";
import { type AskingBlock, type Field, namesIn, placeField, takes } from "./zones.ts";

interface DraggingProps {
  readonly definition: Definition;
  /** The block whose fields are dragged. */
  readonly block: AskingBlock | undefined;
  readonly fields: readonly NamedField[];
  readonly onChange: (definition: Definition) => void;
  /** A dimension was dropped on the filters: its values are asked for. */
  readonly onFilter: (filter: ValueFilter) => void;
}

const INSTRUCTIONS =
  "To pick it up, press space or enter. Arrows move it, space or enter drops it, escape puts it back.";

/** Picking up and dropping blocks and fields, by pointer and by keyboard, and what is read out while it happens. */
export const useDragging = ({ definition, block, fields, onChange, onFilter }: DraggingProps) => {
  const [field, setField] = useState<Field>();
  const sensors = useSensors(
    // a press is a press until it has moved a little
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: stepByKeyboard }),
  );
  const draggedField = (id: string): Field | undefined => {
    const target = readTarget(id);
    if (target?.before === undefined) return readFieldId(id);
    return fieldNamed(target.before, target.zone);
  };
  const fieldNamed = (name: string, zone: Target["zone"]): Field => {
    if (name === "time") return { kind: "time", name };
    return { kind: zone === "measures" ? "measure" : "dimension", name };
  };
  const drop = (dragged: Field, target: Target): void => {
    if (block === undefined || !takes(target.zone, dragged)) return;
    if (target.zone === "filters") {
      onFilter({ dimension: dragged.name, isExcluded: false, values: [] });
      return;
    }
    if (target.before === dragged.name) return;
    const names = namesIn(block, target.zone);
    const found = target.before === undefined ? -1 : names.indexOf(target.before);
    const at = found < 0 ? names.length : found;
    onChange(changeBlock(definition, placeField(block, dragged, target.zone, at)));
  };
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    setField(undefined);
    const [activeId, overId] = [`${active.id}`, over === null ? undefined : `${over.id}`];
    const moved = readBlockId(activeId);
    if (moved !== undefined) {
      const to = definition.blocks.findIndex(({ id }) => id === readBlockId(overId ?? ""));
      if (to >= 0) onChange(moveBlock(definition, moved, to));
      return;
    }
    const [dragged, target] = [draggedField(activeId), readTarget(overId)];
    if (dragged !== undefined && target !== undefined) drop(dragged, target);
  };
  const nameOf = (id: string): string => {
    const found = definition.blocks.find((one) => one.id === readBlockId(id));
    if (found !== undefined) return blockTitle(found);
    return fieldTitle(fields, draggedField(id)?.name ?? id);
  };
  const placeOf = (id: string): string => {
    const target = readTarget(id);
    if (target !== undefined) return ZONE_TITLES[target.zone];
    const at = definition.blocks.findIndex((one) => one.id === readBlockId(id));
    return `place ${at + 1} of ${definition.blocks.length}`;
  };
  const announcements: Announcements = {
    onDragStart: ({ active }) => `Picked up ${nameOf(`${active.id}`)}.`,
    onDragOver: ({ active, over }) =>
      over === null
        ? `${nameOf(`${active.id}`)} is over nothing that takes it.`
        : `${nameOf(`${active.id}`)} is over ${placeOf(`${over.id}`)}.`,
    onDragEnd: ({ active, over }) =>
      over === null
        ? `${nameOf(`${active.id}`)} stays where it was.`
        : `${nameOf(`${active.id}`)} was dropped on ${placeOf(`${over.id}`)}.`,
    onDragCancel: ({ active }) => `${nameOf(`${active.id}`)} was put back.`,
  };
  return {
    sensors,
    field,
    fieldTitle: field === undefined ? "" : fieldTitle(fields, field.name),
    accessibility: { announcements, screenReaderInstructions: { draggable: INSTRUCTIONS } },
    onDragStart: ({ active }: DragStartEvent) => setField(draggedField(`${active.id}`)),
    onDragEnd,
    onDragCancel: () => setField(undefined),
  };
};
