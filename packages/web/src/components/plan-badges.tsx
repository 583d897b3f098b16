import { Badge, type BadgeTone } from "./badge.tsx";

type Status = "draft" | "approved" | "applying" | "applied" | "failed" | "rolled-back" | "withdrawn";
type Verdict = "pending" | "proven" | "not-proven" | "harmful";

const statusLooks: Readonly<Record<Status, { readonly tone: BadgeTone; readonly word: string }>> = {
  draft: { tone: "plain", word: "to approve" },
  approved: { tone: "accent", word: "approved" },
  applying: { tone: "accent", word: "being applied" },
  applied: { tone: "good", word: "applied" },
  failed: { tone: "bad", word: "stopped half-way" },
  "rolled-back": { tone: "warn", word: "taken back" },
  withdrawn: { tone: "plain", word: "withdrawn" },
};

export const PlanStatusBadge = ({
  status,
  isExpired = false,
}: {
  readonly status: Status;
  /** Before it was applied. */
  readonly isExpired?: boolean;
}) =>
  isExpired ? (
    <Badge tone="warn">expired</Badge>
  ) : (
    <Badge tone={statusLooks[status].tone}>{statusLooks[status].word}</Badge>
  );

const verdictLooks: Readonly<Record<Verdict, { readonly tone: BadgeTone; readonly word: string }>> = {
  pending: { tone: "plain", word: "pending" },
  proven: { tone: "good", word: "proven" },
  "not-proven": { tone: "warn", word: "not proven" },
  harmful: { tone: "bad", word: "harmful" },
};

export const VerdictBadge = ({ verdict }: { readonly verdict: Verdict }) => (
  <Badge tone={verdictLooks[verdict].tone}>{verdictLooks[verdict].word}</Badge>
);
