import { useQuery } from "@tanstack/react-query";
import { modelOptions } from "../../api/model.ts";
import { Segmented } from "../../components/segmented.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import type { Filter } from "../explorer/explorer-search.ts";
import { explorerState } from "../explorer/explorer-state.ts";
import { FilterBar } from "../explorer/filter-bar.tsx";
import { filterText } from "../explorer/value-filter.ts";

interface ScopeEditorProps {
  /** Undefined: all charges. None yet is an empty list, which is no scope. */
  readonly where: readonly Filter[] | undefined;
  readonly onChange: (where: readonly Filter[] | undefined) => void;
}

/** Which charges a team sees, by the Explorer's own filters, and in words. */
export const ScopeEditor = ({ where, onChange }: ScopeEditorProps) => {
  const model = useQuery(modelOptions);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-sm font-medium">Its members see</legend>
      <Segmented
        label="Which charges"
        value={where === undefined ? "all" : "some"}
        onChoose={(next) => onChange(next === "all" ? undefined : (where ?? []))}
        choices={[
          { value: "all", title: "All charges" },
          { value: "some", title: "Only some" },
        ]}
      />
      {where !== undefined &&
        (model.data === undefined ? (
          <Skeleton className="h-8 w-64" />
        ) : (
          <FilterBar
            model={model.data}
            state={explorerState({ where, range: "all" }, model.data)}
            onChange={(change) => onChange(change.where ?? [])}
          />
        ))}
      <p className="text-sm text-ink-2">{scopeWords(where)}</p>
    </fieldset>
  );
};

const scopeWords = (where: readonly Filter[] | undefined): string => {
  if (where === undefined) return "They see every charge of every account.";
  if (where.length === 0) return "Choose at least one filter: account, project, region or a tag.";
  return `They see charges where ${where.map(filterText).join(" and ")}; nothing else, in no page, report or export.`;
};

/** A team's scope as the editor has it. */
export const whereOfScope = (scope: Filter | null): readonly Filter[] | undefined => {
  if (scope === null) return undefined;
  return "and" in scope ? scope.and : [scope];
};

export const scopeOfWhere = (where: readonly Filter[] | undefined): Filter | null => {
  if (where === undefined) return null;
  const [only] = where;
  return where.length === 1 && only !== undefined ? only : { and: [...where] };
};
