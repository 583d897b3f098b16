import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { call } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { OptionList } from "../../components/option-list.tsx";
import { Popover, PopoverClose } from "../../components/popover.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useSettled } from "../../components/use-settled.ts";
import { dimensionTitle, dimensionValue } from "../../format/dimension-names.ts";
import { formatMoney } from "../../format/numbers.ts";
import type { FilterPlace } from "./explorer-state.ts";
import type { ValueFilter } from "./value-filter.ts";

/** Stands for "has no value" among the values. */
const NONE = "\u0000none";

interface FilterEditorProps {
  readonly state: FilterPlace;
  readonly filter: ValueFilter;
  readonly trigger: ReactNode;
  readonly onChange: (filter: ValueFilter | undefined) => void;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

/** Choose among a dimension's values, the dearest first. */
export const FilterEditor = ({ trigger, ...rest }: FilterEditorProps) => (
  <Popover
    label={`Filter by ${dimensionTitle(rest.filter.dimension)}`}
    trigger={trigger}
    className="w-80"
    {...(rest.isOpen === undefined ? {} : { isOpen: rest.isOpen })}
    {...(rest.onOpenChange === undefined ? {} : { onOpenChange: rest.onOpenChange })}
  >
    <Values {...rest} />
  </Popover>
);

const Values = ({ state, filter, onChange }: Omit<FilterEditorProps, "trigger">) => {
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim(), 200);
  const { dimension, isExcluded, values } = filter;
  const found = useQuery({
    queryKey: ["values", dimension, search, state.period],
    queryFn: ({ signal }) =>
      call("GET /api/v1/dimensions/:name/values", {
        params: { name: dimension },
        query: { ...state.period, ...(search === "" ? {} : { search }), limit: 100 },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const chosen = new Set(values.map((value) => value ?? NONE));
  const toggle = (key: string) => {
    const value = key === NONE ? null : key;
    const next = chosen.has(key) ? values.filter((other) => other !== value) : [...values, value];
    onChange({ dimension, isExcluded, values: next });
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <p className="truncate font-medium">{dimensionTitle(dimension)}</p>
        <Segmented
          label="Keep or leave out"
          value={isExcluded ? "not" : "is"}
          onChoose={(next) => onChange({ dimension, values, isExcluded: next === "not" })}
          choices={[
            { value: "is", title: "is" },
            { value: "not", title: "is not" },
          ]}
        />
      </div>
      {found.isPending ? (
        <Skeleton className="h-40 w-full" />
      ) : (
        <OptionList
          label={`Values of ${dimensionTitle(dimension)}`}
          placeholder="Search values…"
          isMultiple
          typed={typed}
          onType={setTyped}
          chosen={chosen}
          onToggle={toggle}
          options={(found.data?.items ?? []).map(({ value, amounts }) => {
            const amount = amounts[state.currency];
            return {
              value: value ?? NONE,
              title: dimensionValue(value, dimension),
              ...(amount ? { note: formatMoney(amount, state.currency, { style: "compact" }) } : {}),
            };
          })}
          empty={found.isError ? toProblem(found.error).message : "No value within this period."}
        />
      )}
      <div className="flex justify-between">
        <Button kind="quiet" size="sm" onClick={() => onChange(undefined)}>
          Remove
        </Button>
        <PopoverClose asChild>
          <Button size="sm">Done</Button>
        </PopoverClose>
      </div>
    </div>
  );
};
