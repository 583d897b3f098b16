import type { Instant } from "@trimtab/domain";
import type { JsonText } from "./tables.ts";

/** A report or a view as it stands; what it says is in its newest version. */
export interface SavedItemTable {
  readonly id: string;
  readonly kind: "report" | "view";
  readonly title: string;
  readonly ownerId: string;
  /** How the owner is named. */
  readonly owner: string;
  readonly expiresAfterMinutes: number;
  readonly version: number;
  readonly updatedBy: string;
  readonly updatedAt: Instant;
  /** Versions stay for the audit; nobody is shown them any more. */
  readonly deletedAt: Instant | null;
}

/** One row: what was saved at one time. Append-only. */
export interface SavedItemVersionTable {
  readonly itemId: string;
  readonly version: number;
  readonly title: string;
  readonly body: JsonText;
  readonly savedBy: string;
  readonly savedAt: Instant;
}

export interface SavedItemShareTable {
  readonly itemId: string;
  readonly kind: "person" | "team";
  readonly subjectId: string;
  readonly level: "view" | "edit";
}

/** A result that was pinned, with the scope that it was made within. */
export interface ReportSnapshotTable {
  readonly id: string;
  readonly reportId: string;
  readonly reportVersion: number;
  readonly title: string;
  readonly audience: "same" | "report";
  readonly scopeDigest: string;
  readonly lakeVersion: number;
  readonly body: JsonText;
  readonly madeById: string;
  readonly madeBy: string;
  readonly madeAt: Instant;
}

export interface ReportTables {
  savedItems: SavedItemTable;
  savedItemVersions: SavedItemVersionTable;
  savedItemShares: SavedItemShareTable;
  reportSnapshots: ReportSnapshotTable;
}
