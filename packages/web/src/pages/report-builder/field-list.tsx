import { useDraggable } from "@dnd-kit/core";
import { CalendarDays, GripVertical, Hash, Plus, Tag } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { Menu, MenuItem, MenuLabel } from "../../components/menu.tsx";
import { fieldId, type NamedField } from "./fields.ts";
import { ZONE_TITLES } from "./zone-titles.ts";
import { takes, type Zone } from "./zones.ts";

/** The others are found by typing: a list that scrolls within a page is hard to drag from. */
const MOST_SHOWN = { measure: 6, dimension: 9 } as const;

interface FieldListProps {
  readonly fields: readonly NamedField[];
  readonly zones: readonly Zone[];
  /** The other way to drag. */
  readonly onAdd: (field: NamedField, zone: Zone) => void;
}

/** What can be asked, to be dragged into a block. */
export const FieldList = ({ fields, zones, onAdd }: FieldListProps) => {
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const found = fields.filter(
    ({ name, title }) => name.toLowerCase().includes(wanted) || title.toLowerCase().includes(wanted),
  );
  const usable = found.filter((field) => zones.some((zone) => takes(zone, field)));
  const measures = usable.filter(({ kind }) => kind === "measure");
  const others = usable.filter(({ kind }) => kind !== "measure");
  const shown = [measures.slice(0, MOST_SHOWN.measure), others.slice(0, MOST_SHOWN.dimension + 1)] as const;
  const hidden = usable.length - shown[0].length - shown[1].length;
  const own = typed.trim();
  return (
    <div className="flex flex-col gap-2">
      <input
        type="search"
        aria-label="Find a field"
        placeholder="Find a field or tag…"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="h-8 w-full rounded-md border border-control bg-surface px-2.5 text-sm placeholder:text-ink-3 max-md:h-10"
      />
      {shown.map(
        (group, index) =>
          group.length > 0 && (
            <ul
              key={index === 0 ? "measures" : "dimensions"}
              aria-label={index === 0 ? "Measures" : "Dimensions"}
              className="flex flex-col gap-1"
            >
              {group.map((field) => (
                <FieldItem key={field.name} field={field} zones={zones} onAdd={onAdd} />
              ))}
            </ul>
          ),
      )}
      {/^(tag|x):.+/.test(own) && !usable.some(({ name }) => name === own) && (
        <ul aria-label="By its whole name">
          <FieldItem field={{ kind: "dimension", name: own, title: own }} zones={zones} onAdd={onAdd} />
        </ul>
      )}
      <p className="text-xs text-ink-3">
        {hidden > 0
          ? `${hidden} more: type to find them.`
          : usable.length === 0
            ? "Nothing is called that. A tag: tag:NAME"
            : ""}
      </p>
    </div>
  );
};

const icons = { measure: Hash, dimension: Tag, time: CalendarDays } as const;

interface FieldItemProps {
  readonly field: NamedField;
  readonly zones: readonly Zone[];
  readonly onAdd: (field: NamedField, zone: Zone) => void;
}

const FieldItem = ({ field, zones, onAdd }: FieldItemProps) => {
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: fieldId(field) });
  const Icon = icons[field.kind];
  return (
    <li className="flex items-center">
      <button
        ref={setNodeRef}
        type="button"
        {...attributes}
        {...listeners}
        className={classNames(
          "flex h-8 min-w-0 grow cursor-grab touch-none items-center gap-1.5 rounded-md border border-line bg-surface px-1.5 text-left text-sm hover:border-control max-md:h-10",
          isDragging && "opacity-40",
        )}
      >
        <GripVertical size={13} aria-hidden className="shrink-0 text-ink-3" />
        <Icon size={13} aria-hidden className="shrink-0 text-ink-3" />
        <span className="truncate" title={field.title}>
          {field.title}
        </span>
      </button>
      <Menu
        align="end"
        trigger={
          <IconButton label={`Add ${field.title} to…`} className="size-7">
            <Plus size={14} aria-hidden />
          </IconButton>
        }
      >
        <MenuLabel>Add to</MenuLabel>
        {zones
          .filter((zone) => takes(zone, field))
          .map((zone) => (
            <MenuItem key={zone} onSelect={() => onAdd(field, zone)}>
              {ZONE_TITLES[zone]}
            </MenuItem>
          ))}
      </Menu>
    </li>
  );
};
