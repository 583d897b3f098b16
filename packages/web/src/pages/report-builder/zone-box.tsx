import { useDroppable } from "@dnd-kit/core";
import { SortableContext, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { GripVertical, X } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../../components/class-names.ts";
import { chipId, zoneId } from "./drag-ids.ts";
import type { Zone } from "./zones.ts";

interface ZoneBoxProps {
  readonly zone: Zone;
  readonly title: string;
  readonly names: readonly string[];
  readonly titleOf: (name: string) => string;
  /** What is dragged may be dropped here; undefined: nothing is dragged. */
  readonly isTaking: boolean | undefined;
  readonly onRemove?: ((name: string) => void) | undefined;
  readonly children?: ReactNode;
}

/** Where fields are dropped: rows, columns, measures or filters. */
export const ZoneBox = (props: ZoneBoxProps) => {
  const { zone, title, names, titleOf, isTaking, onRemove, children } = props;
  const { setNodeRef, isOver } = useDroppable({ id: zoneId(zone), disabled: isTaking === false });
  const ids = names.map((name) => chipId(zone, name));
  return (
    <fieldset
      ref={setNodeRef}
      data-zone={zone}
      className={classNames(
        "flex min-h-16 flex-col gap-1 rounded-lg border border-dashed p-1.5 transition-colors",
        isTaking === false ? "border-line opacity-50" : "border-line-strong",
        isTaking && "border-accent",
        isOver && isTaking && "bg-accent-soft",
      )}
    >
      <legend className="px-1 text-xs font-medium text-ink-2">{title}</legend>
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        {names.map((name) => (
          <Chip
            key={name}
            id={chipId(zone, name)}
            title={titleOf(name)}
            zone={title}
            onRemove={onRemove === undefined ? undefined : () => onRemove(name)}
          />
        ))}
      </SortableContext>
      {children}
      {names.length === 0 && !children && <p className="px-1 py-0.5 text-xs text-ink-3">Drag a field here</p>}
    </fieldset>
  );
};

interface ChipProps {
  readonly id: string;
  readonly title: string;
  readonly zone: string;
  readonly onRemove: (() => void) | undefined;
}

const Chip = ({ id, title, zone, onRemove }: ChipProps) => {
  const { attributes, listeners, setNodeRef, isDragging, isOver } = useSortable({ id });
  return (
    <div
      ref={setNodeRef}
      className={classNames(
        "flex h-7.5 items-center rounded-md border border-line-strong bg-surface text-sm max-md:h-10",
        isDragging && "opacity-40",
        isOver && !isDragging && "border-t-2 border-t-accent",
      )}
    >
      <button
        type="button"
        {...attributes}
        {...listeners}
        className="flex h-full min-w-0 grow cursor-grab touch-none items-center gap-1 rounded-l-md px-1 text-left"
      >
        <GripVertical size={12} aria-hidden className="shrink-0 text-ink-3" />
        <span className="truncate" title={title}>
          {title}
        </span>
      </button>
      {onRemove !== undefined && (
        <button
          type="button"
          aria-label={`Remove ${title} from ${zone}`}
          onClick={onRemove}
          className="flex h-full w-6.5 shrink-0 items-center justify-center rounded-r-md text-ink-3 hover:bg-sunken hover:text-ink"
        >
          <X size={13} aria-hidden />
        </button>
      )}
    </div>
  );
};
