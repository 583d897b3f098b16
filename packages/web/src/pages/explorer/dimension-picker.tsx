import { type ReactNode, useState } from "react";
import { OptionList } from "../../components/option-list.tsx";
import { Popover } from "../../components/popover.tsx";
import { COMMON_DIMENSIONS, dimensionTitle } from "../../format/dimension-names.ts";
import type { Model } from "./explorer-state.ts";

interface DimensionPickerProps {
  readonly model: Model;
  readonly label: string;
  readonly trigger: ReactNode;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (dimension: string) => void;
  /** Only those that can be grouped by. */
  readonly isForGroups?: boolean;
  /** False where the choice opens something else. */
  readonly returnsFocus?: boolean;
}

/** The common ones first, then tags, then all columns of the bill. */
export const dimensionNames = (model: Model, isForGroups: boolean): readonly string[] => {
  const usable = model.dimensions.filter(
    ({ isGroupable, type }) => (!isForGroups || isGroupable) && type === "text",
  );
  const own = usable.filter(({ kind }) => kind === "virtual").map(({ name }) => name);
  const common = COMMON_DIMENSIONS.filter((name) => usable.some((dimension) => dimension.name === name));
  const tags = model.tagKeys.map((key) => `tag:${key}`);
  return [...new Set([...own, ...common, ...tags, ...usable.map(({ name }) => name)])];
};

export const DimensionPicker = (props: DimensionPickerProps) => {
  const { model, label, trigger, chosen, onChoose, isForGroups = false, returnsFocus = true } = props;
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const found = dimensionNames(model, isForGroups).filter(
    (name) => name.toLowerCase().includes(wanted) || dimensionTitle(name).toLowerCase().includes(wanted),
  );
  return (
    <Popover
      label={label}
      trigger={trigger}
      isOpen={isOpen}
      onOpenChange={setOpen}
      returnsFocus={returnsFocus}
      className="w-72"
    >
      <OptionList
        label={label}
        placeholder="Service, account, tag…"
        typed={typed}
        onType={setTyped}
        chosen={chosen}
        onToggle={(name) => {
          setOpen(false);
          setTyped("");
          onChoose(name);
        }}
        options={found.map((name) => ({
          value: name,
          title: dimensionTitle(name),
          ...(name.startsWith("tag:") ? { note: "tag" } : {}),
        }))}
        empty="Nothing is called that. A tag that few charges carry is found by its whole name: tag:NAME."
      />
      {/^(tag|x):.+/.test(typed.trim()) && found.length === 0 && (
        <button
          type="button"
          className="mt-1 w-full rounded-md px-2 py-1.5 text-left hover:bg-sunken"
          onClick={() => {
            setOpen(false);
            onChoose(typed.trim());
          }}
        >
          Use {typed.trim()}
        </button>
      )}
    </Popover>
  );
};
