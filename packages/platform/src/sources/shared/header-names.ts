import type { InputHeader } from "../../lake/source-definition.ts";

/** The columns of a header by lower-case name: engines and warehouses change the case of names. */
export interface HeaderNames {
  has(name: string): boolean;
  /** Those of the names that the header lacks, as given. */
  missing<N extends string>(names: readonly N[]): readonly N[];
}

export const headerNames = (header: InputHeader): HeaderNames => {
  const present = new Set(header.columns.map(({ name }) => name.toLowerCase()));
  const has = (name: string): boolean => present.has(name.toLowerCase());
  return { has, missing: (names) => names.filter((name) => !has(name)) };
};
