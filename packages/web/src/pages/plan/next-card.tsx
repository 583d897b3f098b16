import { Link } from "@tanstack/react-router";
import { Ban, CircleStop, ShieldCheck } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useMay } from "../../api/use-me.ts";
import { Button, buttonClass } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { isExpired } from "../plans/plan-step.ts";
import { ApproveDialog } from "./approve-dialog.tsx";
import { isRunning, type PlanPage, type PlanPart } from "./plan-search.ts";
import { ResumeAndBack, RunButton } from "./run-button.tsx";
import { useRunStop, useWithdrawal } from "./use-plan-changes.ts";
import { useWhyNotApprove } from "./why-not-approve.ts";

interface NextCardProps {
  readonly page: PlanPage;
  readonly onOpen: (part: PlanPart) => void;
}

/** What is to be done with the plan now, by whom, with the buttons that do it. */
export const NextCard = ({ page, onOpen }: NextCardProps) => {
  const { line } = page;
  if (isExpired(line, new Date())) return <Over page={page}>It expired before it was applied.</Over>;
  switch (line.status) {
    case "draft":
      return <ToApprove page={page} onOpen={onOpen} />;
    case "approved":
      return <ToApply page={page} onOpen={onOpen} />;
    case "applying":
      return <Applying page={page} onOpen={onOpen} />;
    case "failed":
      return <Stopped page={page} />;
    case "applied":
      return <Applied page={page} onOpen={onOpen} />;
    case "rolled-back":
      return <Over page={page}>It was taken back: everything is as before.</Over>;
    case "withdrawn":
      return <Over page={page}>It was withdrawn and never applied.</Over>;
  }
};

const Frame = ({ children, actions }: { readonly children: ReactNode; readonly actions: ReactNode }) => (
  <section
    aria-label="What is next"
    className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-card"
  >
    <div className="max-w-2xl min-w-0 text-pretty">{children}</div>
    <div className="flex flex-wrap gap-2">{actions}</div>
  </section>
);

const ToApprove = ({ page, onOpen }: NextCardProps) => {
  const [isAsking, setAsking] = useState(false);
  const why = useWhyNotApprove(page);
  const { approvals, requiredApprovals } = page.line;
  const open = requiredApprovals - approvals;
  return (
    <Frame
      actions={
        <>
          <Withdraw page={page} />
          {why === undefined ? (
            <Button kind="primary" onClick={() => setAsking(true)}>
              <ShieldCheck size={15} aria-hidden /> Approve…
            </Button>
          ) : (
            <Button onClick={() => onOpen("approval")}>Who approves?</Button>
          )}
        </>
      }
    >
      <p className="font-semibold">
        {open === 1 ? "It waits for an approval" : `It waits for ${open} approvals`}
      </p>
      <p className="text-sm text-ink-2">
        {why ?? "Read what it changes, step by step, and the way back. Nothing was changed yet."}
      </p>
      {isAsking && <ApproveDialog page={page} onClose={() => setAsking(false)} />}
    </Frame>
  );
};

const ToApply = ({ page, onOpen }: NextCardProps) => {
  const mayOperate = useMay("operate");
  return (
    <Frame
      actions={
        <>
          <Withdraw page={page} />
          {mayOperate && (
            <>
              <Button onClick={() => onOpen("run")}>Dry run</Button>
              <RunButton page={page} mode="execute" onStart={() => onOpen("run")} />
            </>
          )}
        </>
      }
    >
      <p className="font-semibold">It is approved and can be carried out</p>
      <p className="text-sm text-ink-2">
        {mayOperate
          ? "A dry run asks the live systems what is in the way, and changes nothing."
          : "Operators and admins carry plans out."}
      </p>
    </Frame>
  );
};

const Applying = ({ page, onOpen }: NextCardProps) => {
  const mayOperate = useMay("operate");
  const stop = useRunStop(page.line.id);
  if (isRunning(page))
    return (
      <Frame
        actions={
          <>
            <Button onClick={() => onOpen("run")}>Watch</Button>
            {mayOperate && (
              <Button kind="danger" disabled={stop.isPending} onClick={() => stop.mutate(undefined)}>
                <CircleStop size={15} aria-hidden /> Stop
              </Button>
            )}
          </>
        }
      >
        <p className="font-semibold">
          {page.run?.mode === "roll-back" ? "It is being taken back" : "It is being applied"}
        </p>
        <p className="text-sm text-ink-2">
          Stop ends it after the step that it is in. Then it can be resumed or taken back.
        </p>
      </Frame>
    );
  return (
    <Frame actions={mayOperate && <ResumeAndBack page={page} />}>
      <p className="font-semibold">Its run goes on elsewhere, or died</p>
      <p className="text-sm text-ink-2">
        Resume looks at the live systems first: no step is done twice. A run that another process still holds
        is waited for, then refused.
      </p>
    </Frame>
  );
};

const Stopped = ({ page }: { readonly page: PlanPage }) => {
  const mayOperate = useMay("operate");
  const why = page.run?.problem ?? page.run?.report?.reason;
  return (
    <Frame actions={mayOperate && <ResumeAndBack page={page} />}>
      <p className="font-semibold">It stopped half-way</p>
      <p className="text-sm break-words text-ink-2">
        {why ?? "The steps say how far it came."} Resume finishes it; taking back undoes what was done, the
        last step first.
      </p>
    </Frame>
  );
};

const Applied = ({ page, onOpen }: NextCardProps) => {
  const mayOperate = useMay("operate");
  const { proof } = page.line;
  if (isRunning(page)) return <Applying page={page} onOpen={onOpen} />;
  return (
    <Frame
      actions={
        <>
          {mayOperate && <RunButton page={page} mode="roll-back" onStart={() => onOpen("run")} />}
          <Button kind={proof === null ? "primary" : "plain"} onClick={() => onOpen("proof")}>
            {proof === null ? "Prove the saving" : "See the proof"}
          </Button>
        </>
      }
    >
      <p className="font-semibold">
        {proof === null ? "It is applied: now prove what it saved" : proofTitles[proof.verdict]}
      </p>
      <p className="text-sm text-ink-2">
        {proof === null
          ? "From the first whole day after it that is on the bill. A closed bill and some days make the proof."
          : "Each verification is kept; another one counts the days since."}
      </p>
    </Frame>
  );
};

const proofTitles = {
  pending: "Its proof is pending",
  proven: "Its saving is proven",
  "not-proven": "Its saving is not proven",
  harmful: "It did harm: consider taking it back",
} as const;

const Over = ({ page, children }: { readonly page: PlanPage; readonly children: ReactNode }) => {
  const mayOperate = useMay("operate");
  const ids = page.body.changes.map(({ id }) => id);
  return (
    <Frame
      actions={
        mayOperate && (
          <Link to="/plans/new" search={{ of: ids }} className={buttonClass("primary")}>
            Make it anew…
          </Link>
        )
      }
    >
      <p className="font-semibold">{children}</p>
      <p className="text-sm text-ink-2">A new plan reads the live systems again and is approved anew.</p>
    </Frame>
  );
};

const Withdraw = ({ page }: { readonly page: PlanPage }) => {
  const [isAsking, setAsking] = useState(false);
  const withdraw = useWithdrawal(page.line.id);
  if (!useMay("operate")) return null;
  return (
    <>
      <Button kind="quiet" disabled={withdraw.isPending} onClick={() => setAsking(true)}>
        <Ban size={15} aria-hidden /> Withdraw
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Withdraw this plan?"
          action="Withdraw plan"
          onClose={() => setAsking(false)}
          onConfirm={() => withdraw.mutate(undefined)}
        >
          It can't be approved or applied any more. Its recommendations stay accepted, and can go into another
          plan.
        </ConfirmDialog>
      )}
    </>
  );
};
