import { dimensionTitle, dimensionValue } from "../../format/dimension-names.ts";
import type { Filter } from "./explorer-search.ts";

/** A filter as the editor has it: some values of one dimension, or none of them. */
export interface ValueFilter {
  readonly dimension: string;
  readonly isExcluded: boolean;
  /** Null: no value. */
  readonly values: readonly (string | null)[];
}

/** The filter's form in a question. */
export const toFilter = ({ dimension, isExcluded, values }: ValueFilter): Filter => {
  const texts = values.filter((value) => value !== null);
  const parts: Filter[] = [
    ...(texts.length > 0 ? [{ dimension, op: "in" as const, values: texts }] : []),
    ...(values.includes(null) ? [{ dimension, op: "is null" as const }] : []),
  ];
  const any: Filter = parts.length === 1 && parts[0] !== undefined ? parts[0] : { or: parts };
  return isExcluded ? { not: any } : any;
};

/** Reads back what {@link toFilter} writes; other filters are shown, but not edited. */
export const readValueFilter = (filter: Filter): ValueFilter | undefined => {
  if ("not" in filter) {
    const inner = readValueFilter(filter.not);
    return inner === undefined || inner.isExcluded ? undefined : { ...inner, isExcluded: true };
  }
  if ("or" in filter) {
    const inner = filter.or.map(readValueFilter);
    const [first] = inner;
    return first !== undefined &&
      inner.every((part) => part?.dimension === first.dimension && !part.isExcluded)
      ? { ...first, values: inner.flatMap((part) => part?.values ?? []) }
      : undefined;
  }
  if (!("dimension" in filter)) return undefined;
  const { dimension } = filter;
  if (filter.op === "in") return { dimension, isExcluded: false, values: filter.values };
  if (filter.op === "not in") return { dimension, isExcluded: true, values: filter.values };
  if (filter.op === "=") return { dimension, isExcluded: false, values: [filter.value] };
  if (filter.op === "is null") return { dimension, isExcluded: false, values: [null] };
  return undefined;
};

/** `Service: Cloud Run, Cloud SQL`, `team is not search`, or a condition in words. */
export const filterText = (filter: Filter): string => {
  const read = readValueFilter(filter);
  if (read !== undefined) {
    const shown = read.values.slice(0, 2).map((value) => dimensionValue(value, read.dimension));
    const more = read.values.length > 2 ? ` +${read.values.length - 2}` : "";
    return `${dimensionTitle(read.dimension)}${read.isExcluded ? " is not " : ": "}${shown.join(", ")}${more}`;
  }
  if ("and" in filter) return filter.and.map(filterText).join(" and ");
  if ("or" in filter) return filter.or.map(filterText).join(" or ");
  if ("not" in filter) return `not (${filterText(filter.not)})`;
  const value =
    "value" in filter ? ` ${filter.value}` : "values" in filter ? ` ${filter.values.join(", ")}` : "";
  return `${dimensionTitle(filter.dimension)} ${filter.op}${value}`;
};
