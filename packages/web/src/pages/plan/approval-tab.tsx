import { ShieldCheck, Undo2 } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../api/use-me.ts";
import { Badge } from "../../components/badge.tsx";
import { Button, IconButton } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CodeBlock } from "../../components/code-block.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatMoment } from "../../format/dates.ts";
import { ApproveDialog } from "./approve-dialog.tsx";
import type { PlanPage } from "./plan-search.ts";
import { useRevocation } from "./use-plan-changes.ts";
import { useWhyNotApprove } from "./why-not-approve.ts";

/** Who has to approve, who has, and what exactly. */
export const ApprovalTab = ({ page }: { readonly page: PlanPage }) => (
  <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-12">
    <div className="flex min-w-0 flex-col gap-4 lg:col-span-7">
      <Given page={page} />
    </div>
    <div className="flex min-w-0 flex-col gap-4 lg:col-span-5">
      <Rules page={page} />
      <Card
        title="Digest"
        about="An approval is of this and nothing else: any change would make it another plan"
      >
        <CodeBlock what="Whole digest" text={page.line.digest} isWrapped />
      </Card>
    </div>
  </div>
);

const Given = ({ page }: { readonly page: PlanPage }) => {
  const [isAsking, setAsking] = useState(false);
  const why = useWhyNotApprove(page);
  const { approvals, line } = page;
  const isOpen = line.status === "draft";
  return (
    <Card
      title="Approvals"
      about={`${line.approvals} of ${line.requiredApprovals} that it needs`}
      actions={
        isOpen &&
        why === undefined && (
          <Button kind="primary" onClick={() => setAsking(true)}>
            <ShieldCheck size={15} aria-hidden /> Approve…
          </Button>
        )
      }
    >
      {approvals.length === 0 ? (
        <EmptyState title={line.requiredApprovals === 0 ? "It needs none" : "Nobody has approved it yet"}>
          {line.requiredApprovals === 0
            ? "The policy asks for no approval of these changes."
            : "Send its address to somebody who may: they read the steps and the way back, then approve."}
        </EmptyState>
      ) : (
        <ol className="flex flex-col divide-y divide-line">
          {approvals.map((approval) => (
            <ApprovalLine key={`${approval.approver} ${approval.at}`} approval={approval} page={page} />
          ))}
        </ol>
      )}
      {isOpen && why !== undefined && (
        <p className="mt-2 rounded-md bg-sunken px-3 py-2 text-sm text-ink-2">{why}</p>
      )}
      {isAsking && <ApproveDialog page={page} onClose={() => setAsking(false)} />}
    </Card>
  );
};

interface ApprovalLineProps {
  readonly approval: PlanPage["approvals"][number];
  readonly page: PlanPage;
}

const ApprovalLine = ({ approval: { approver, isOwn, at, comment, isCounted }, page }: ApprovalLineProps) => {
  const mayApprove = useMay("approve");
  const revoke = useRevocation(page.line.id);
  const isStill = page.line.status === "draft" || page.line.status === "approved";
  return (
    <li className="flex items-start justify-between gap-3 py-2.5">
      <div className="min-w-0">
        <p className="font-medium break-words">{approver}</p>
        <p className="text-xs text-ink-3">{formatMoment(at)}</p>
        {comment !== null && <p className="mt-1 break-words whitespace-pre-wrap text-ink-2">“{comment}”</p>}
      </div>
      <span className="flex items-center gap-1">
        <Badge tone={isCounted ? "good" : "plain"}>{isCounted ? "approved" : "counts no longer"}</Badge>
        {isCounted && isStill && mayApprove && isOwn && (
          <IconButton
            label="Take back your approval"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate(undefined)}
          >
            <Undo2 size={15} aria-hidden />
          </IconButton>
        )}
      </span>
    </li>
  );
};

const Rules = ({ page: { body, rules } }: { readonly page: PlanPage }) => (
  <Card title="Who has to approve" about="As the policy said when the plan was made; it is frozen with it">
    <ul className="flex flex-col gap-2">
      {rules.map(({ about, needs, approvers }) => (
        <li key={about}>
          <span className="font-medium">{about}</span>:{" "}
          {needs === 0 ? "nobody" : needs === 1 ? "one person" : `${needs} people`}
          {approvers.length > 0 && (
            <span className="block text-sm text-ink-2">of {approvers.join(", ")}</span>
          )}
        </li>
      ))}
    </ul>
    <p className="mt-3 text-sm text-ink-2">
      {body.creatorMayApproveAlone
        ? "Who made it may approve it alone."
        : "Who made it may not be the only one who approves it."}
    </p>
    <p className="mt-1 text-xs text-ink-3">
      Policy <code className="font-mono">{body.policy.digest.slice(0, 12)}</code>
    </p>
  </Card>
);
