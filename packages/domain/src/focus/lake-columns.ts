import type { FocusColumn } from "./focus-column.ts";
import { type FocusColumnName, focusColumns } from "./focus-columns.ts";

/** A column of FOCUS 1.4: ServiceProviderName and HostProviderName stand where ProviderName and PublisherName were. */
export type LakeColumnName = Exclude<FocusColumnName, "ProviderName" | "PublisherName">;

export type LakeColumn = FocusColumn & { readonly name: LakeColumnName };

/** The charge columns of the lake in their fixed order: Cost and Usage of FOCUS 1.4, by name. */
export const LAKE_COLUMNS: readonly LakeColumn[] = focusColumns("1.4").filter(
  (column): column is LakeColumn => column.name !== "ProviderName" && column.name !== "PublisherName",
);
