import type {
  Day,
  Instant,
  PlanStatus,
  RecommendationStatus,
  StepDirection,
  TaskStatus,
} from "@trimtab/domain";
import type {
  ApiTokenTable,
  CredentialTable,
  OneTimeLinkTable,
  PersonTable,
  ProfileTable,
  SessionTable,
  SignInAttemptTable,
  TeamMemberTable,
  TeamTable,
} from "./account-tables.ts";
import type { CollaborationTables } from "./collaboration-tables.ts";

import type { DeliveryTables } from "./delivery-tables.ts";
import type { ReportTables } from "./report-tables.ts";

/** Canonical JSON; read only through `readJson`, which checks it. */
export type JsonText = string & { readonly __json?: never };
/** A plain decimal number; read only through `decimal`. */
export type DecimalText = string;

/** One row: a recommendation as it stands; its figures are in its newest revision. */
export interface RecommendationTable {
  readonly id: string;
  readonly advisor: string;
  readonly resource: string;
  readonly scope: string;
  readonly fingerprint: string;
  readonly status: RecommendationStatus;
  readonly statusReason: string | null;
  readonly snoozedUntil: Instant | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  /** What the decision was made on. */
  readonly decidedRevision: number | null;
  /** The newest. */
  readonly revision: number;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  /** Since when its advisor no longer recommends it. */
  readonly withdrawnAt: Instant | null;
  readonly version: number;
}

/** One row: a recommendation as an analysis made it, frozen. Append-only. */
export interface RecommendationRevisionTable {
  readonly recommendationId: string;
  readonly revision: number;
  readonly title: string;
  readonly savingLow: DecimalText | null;
  readonly savingMid: DecimalText | null;
  readonly savingHigh: DecimalText | null;
  readonly currency: string | null;
  readonly body: JsonText;
  readonly bodyDigest: string;
  readonly settings: JsonText;
  readonly lakeVersion: number | null;
  readonly programVersion: string;
  readonly madeAt: Instant;
}

/** One row: what somebody decided. Append-only. */
export interface RecommendationDecisionTable {
  readonly recommendationId: string;
  readonly seq: number;
  readonly revision: number;
  readonly fromStatus: RecommendationStatus;
  readonly toStatus: RecommendationStatus;
  readonly reason: string | null;
  readonly snoozedUntil: Instant | null;
  readonly actor: string;
  readonly at: Instant;
}

export interface ProgrammeTable {
  readonly id: string;
  readonly name: string;
  readonly status: "draft" | "active" | "closed";
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  readonly details: JsonText;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface TaskTable {
  readonly id: string;
  readonly programmeId: string;
  readonly recommendationId: string | null;
  readonly recommendationRevision: number | null;
  readonly title: string;
  readonly owner: string | null;
  readonly status: TaskStatus;
  /** The order in which tasks will be done, which gives each its marginal saving. */
  readonly position: number;
  readonly startsOn: Day | null;
  readonly dueOn: Day | null;
  readonly effortHoursLow: DecimalText | null;
  readonly effortHoursMid: DecimalText | null;
  readonly effortHoursHigh: DecimalText | null;
  readonly details: JsonText;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface TaskDependencyTable {
  readonly taskId: string;
  readonly dependsOn: string;
}

/** One row: a move of a task. Append-only. */
export interface TaskHistoryTable {
  readonly taskId: string;
  readonly seq: number;
  readonly fromStatus: TaskStatus | null;
  readonly toStatus: TaskStatus;
  readonly reason: string | null;
  readonly evidence: JsonText | null;
  readonly actor: string;
  readonly at: Instant;
}

/** Risks, blockers, incidents, milestones, sign-offs, lessons and the budget of a programme. */
export interface ProgrammeRecordTable {
  readonly id: string;
  readonly programmeId: string;
  readonly kind: string;
  readonly status: "open" | "closed";
  readonly body: JsonText;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface PlanTable {
  readonly id: string;
  readonly title: string;
  readonly status: PlanStatus;
  /** SHA-256 of the frozen body; what approvers approve. */
  readonly digest: string;
  readonly body: JsonText;
  readonly requiredApprovals: number;
  readonly expiresAt: Instant;
  readonly lakeVersion: number | null;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface PlanRecommendationTable {
  readonly planId: string;
  readonly recommendationId: string;
  readonly revision: number;
}

export interface ApprovalTable {
  readonly id: string;
  readonly planId: string;
  readonly digest: string;
  readonly approver: string;
  readonly comment: string | null;
  readonly approvedAt: Instant;
  readonly revokedBy: string | null;
  readonly revokedAt: Instant | null;
}

/** One row: what is about to be done, or how it went. Append-only. */
export interface JournalTable {
  readonly planId: string;
  readonly seq: number;
  readonly step: string;
  readonly direction: StepDirection;
  readonly kind: "intent" | "outcome";
  readonly result: "succeeded" | "failed" | null;
  readonly detail: JsonText;
  readonly runner: string;
  readonly at: Instant;
}

export interface LeaseTable {
  readonly name: string;
  readonly holder: string;
  readonly token: string;
  readonly acquiredAt: Instant;
  readonly expiresAt: Instant;
}

/** One row: what a verification found. Append-only. */
export interface VerificationTable {
  readonly planId: string;
  readonly seq: number;
  readonly verdict: "pending" | "proven" | "not-proven" | "harmful";
  readonly realisedLow: DecimalText | null;
  readonly realisedMid: DecimalText | null;
  readonly realisedHigh: DecimalText | null;
  readonly currency: string | null;
  readonly coversFrom: Day;
  readonly coversTo: Day;
  readonly lakeVersion: number;
  readonly body: JsonText;
  readonly bodyDigest: string;
  readonly computedBy: string;
  readonly computedAt: Instant;
}

export interface SettingTable {
  readonly name: string;
  readonly value: JsonText;
  readonly version: number;
  readonly updatedBy: string;
  readonly updatedAt: Instant;
}

export interface SecretTable {
  readonly name: string;
  /** AES-256-GCM: nonce, tag and text in base64. */
  readonly sealed: string;
  /** Which key sealed it; says nothing of the key. */
  readonly keyId: string;
  readonly version: number;
  readonly updatedBy: string;
  readonly updatedAt: Instant;
}

/** One row: something that was done, chained to the one before it. Append-only. */
export interface AuditTable {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: JsonText;
  readonly previousHash: string;
  readonly hash: string;
}

/** The one row that says where the audit log ends; holding it keeps writers in turns. */
export interface AuditHeadTable {
  readonly id: 1;
  readonly seq: number;
  readonly hash: string;
}

export interface StateTables extends CollaborationTables, DeliveryTables, ReportTables {
  recommendations: RecommendationTable;
  recommendationRevisions: RecommendationRevisionTable;
  recommendationDecisions: RecommendationDecisionTable;
  programmes: ProgrammeTable;
  tasks: TaskTable;
  taskDependencies: TaskDependencyTable;
  taskHistory: TaskHistoryTable;
  programmeRecords: ProgrammeRecordTable;
  plans: PlanTable;
  planRecommendations: PlanRecommendationTable;
  approvals: ApprovalTable;
  journal: JournalTable;
  leases: LeaseTable;
  verifications: VerificationTable;
  settings: SettingTable;
  secrets: SecretTable;
  people: PersonTable;
  credentials: CredentialTable;
  profiles: ProfileTable;
  sessions: SessionTable;
  signInAttempts: SignInAttemptTable;
  oneTimeLinks: OneTimeLinkTable;
  teams: TeamTable;
  teamMembers: TeamMemberTable;
  apiTokens: ApiTokenTable;
  auditLog: AuditTable;
  auditHead: AuditHeadTable;
}
