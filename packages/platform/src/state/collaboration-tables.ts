import type { Instant } from "@trimtab/domain";

/** One row: what somebody said about something. Its text is gone once it was taken back. */
export interface CommentTable {
  readonly id: string;
  /** A kind and an id, e.g. `recommendation rec-1234`. */
  readonly subject: string;
  readonly author: string;
  readonly body: string | null;
  readonly at: Instant;
  readonly removedAt: Instant | null;
}

/** One row: somebody who is named in a comment, by email address. */
export interface CommentMentionTable {
  readonly commentId: string;
  readonly person: string;
}

/** Up to when somebody has read where they are mentioned. */
export interface MentionReadTable {
  readonly person: string;
  readonly until: Instant;
}

/** Who looks after something. */
export interface AssignmentTable {
  readonly subject: string;
  readonly assignee: string;
  readonly assignedBy: string;
  readonly assignedAt: Instant;
}

export interface CollaborationTables {
  comments: CommentTable;
  commentMentions: CommentMentionTable;
  mentionReads: MentionReadTable;
  assignments: AssignmentTable;
}
