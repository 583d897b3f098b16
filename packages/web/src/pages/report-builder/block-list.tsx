import { SortableContext, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import {
  ArrowDown,
  ArrowUp,
  ChartColumn,
  CopyPlus,
  Ellipsis,
  GripVertical,
  Hash,
  Heading,
  type LucideIcon,
  Minus,
  Pilcrow,
  Plus,
  Rows3,
  Table2,
  Trash2,
} from "lucide-react";
import { Button, IconButton } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { Menu, MenuItem } from "../../components/menu.tsx";
import type { Block, Definition } from "../../components/report/report-types.ts";
import {
  addBlock,
  BLOCK_TITLES,
  BLOCK_TYPES,
  type BlockType,
  blockTitle,
  copyBlock,
  moveBlock,
  removeBlock,
} from "./blocks.ts";
import { blockDragId } from "./drag-ids.ts";

const icons: Readonly<Record<BlockType, LucideIcon>> = {
  heading: Heading,
  text: Pilcrow,
  figure: Hash,
  chart: ChartColumn,
  table: Table2,
  dataset: Rows3,
  "page-break": Minus,
};

interface BlockListProps {
  readonly definition: Definition;
  readonly chosen: string | undefined;
  readonly onChange: (definition: Definition, chosen?: string | undefined) => void;
  readonly onChoose: (id: string | undefined) => void;
}

/** The blocks in their order: dragged by mouse or keyboard, or moved by their menus. */
export const BlockList = ({ definition, chosen, onChange, onChoose }: BlockListProps) => {
  const { blocks } = definition;
  const add = (type: BlockType) => {
    const added = addBlock(definition, type, chosen);
    onChange(added.definition, added.block);
  };
  return (
    <div className="flex flex-col gap-2">
      {blocks.length === 0 && (
        <p className="text-sm text-ink-3">Nothing is in it yet: add a figure, a chart or a table.</p>
      )}
      <SortableContext items={blocks.map(({ id }) => blockDragId(id))} strategy={verticalListSortingStrategy}>
        <ol aria-label="Blocks" className="flex flex-col gap-1">
          {blocks.map((block, index) => (
            <BlockItem
              key={block.id}
              block={block}
              index={index}
              definition={definition}
              isChosen={block.id === chosen}
              onChange={onChange}
              onChoose={onChoose}
            />
          ))}
        </ol>
      </SortableContext>
      <Menu
        trigger={
          <Button size="sm" className="self-start">
            <Plus size={14} aria-hidden /> Add block
          </Button>
        }
      >
        {BLOCK_TYPES.map((type) => {
          const Icon = icons[type];
          return (
            <MenuItem key={type} icon={<Icon size={15} aria-hidden />} onSelect={() => add(type)}>
              {BLOCK_TITLES[type]}
            </MenuItem>
          );
        })}
      </Menu>
    </div>
  );
};

interface BlockItemProps extends Omit<BlockListProps, "chosen"> {
  readonly block: Block;
  readonly index: number;
  readonly isChosen: boolean;
}

const BlockItem = ({ block, index, definition, isChosen, onChange, onChoose }: BlockItemProps) => {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id: blockDragId(block.id) });
  const Icon = icons[block.type];
  const title = blockTitle(block);
  return (
    <li
      ref={setNodeRef}
      style={{
        ...(transform === null ? {} : { transform: `translate3d(0, ${Math.round(transform.y)}px, 0)` }),
        ...(transition === undefined ? {} : { transition }),
      }}
      className={classNames(
        "flex h-9 items-center rounded-md border bg-surface max-md:h-11",
        isChosen ? "border-accent bg-accent-soft" : "border-line",
        isDragging && "relative z-10 shadow-float",
      )}
    >
      <button
        ref={setActivatorNodeRef}
        type="button"
        {...attributes}
        {...listeners}
        aria-label={`Move ${title}`}
        className="flex h-full w-7 shrink-0 cursor-grab touch-none items-center justify-center rounded-l-md text-ink-3 hover:text-ink"
      >
        <GripVertical size={14} aria-hidden />
      </button>
      <button
        type="button"
        aria-current={isChosen}
        onClick={() => onChoose(block.id)}
        className="flex h-full min-w-0 grow items-center gap-2 text-left text-sm"
      >
        <Icon size={14} aria-hidden className="shrink-0 text-ink-3" />
        <span className="truncate">{title}</span>
      </button>
      <BlockMenu {...{ block, index, definition, onChange, title }} />
    </li>
  );
};

interface BlockMenuProps extends Pick<BlockItemProps, "block" | "index" | "definition" | "onChange"> {
  readonly title: string;
}

const BlockMenu = ({ block, index, definition, onChange, title }: BlockMenuProps) => {
  const { id } = block;
  const change = (next: { readonly definition: Definition; readonly block: string | undefined }) =>
    onChange(next.definition, next.block);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`Actions for block ${title}`} className="size-7">
          <Ellipsis size={15} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        icon={<ArrowUp size={15} aria-hidden />}
        isDisabled={index === 0}
        onSelect={() => onChange(moveBlock(definition, id, index - 1), id)}
      >
        Move up
      </MenuItem>
      <MenuItem
        icon={<ArrowDown size={15} aria-hidden />}
        isDisabled={index === definition.blocks.length - 1}
        onSelect={() => onChange(moveBlock(definition, id, index + 1), id)}
      >
        Move down
      </MenuItem>
      <MenuItem icon={<CopyPlus size={15} aria-hidden />} onSelect={() => change(copyBlock(definition, id))}>
        Copy
      </MenuItem>
      <MenuItem icon={<Trash2 size={15} aria-hidden />} onSelect={() => change(removeBlock(definition, id))}>
        Remove
      </MenuItem>
    </Menu>
  );
};
